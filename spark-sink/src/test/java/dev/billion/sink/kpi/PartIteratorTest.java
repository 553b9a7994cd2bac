// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class PartIteratorTest {

  private static final int ROWS = 4_096;
  private static final int BATCHES = 12;

  /** More keys than are kept in memory, each in two batches that are far from each other. */
  @Test
  void manyKeysAreHandedOutInPartsThatAddUp() {
    Iterator<ColumnarBatch> batches =
        IntStream.range(0, BATCHES).mapToObj(i -> batch(i % (BATCHES / 2))).iterator();

    Map<KpiKey, Long> events = new HashMap<>();
    Map<KpiKey, Long> revenue = new HashMap<>();
    for (Iterator<Tuple2<KpiKey, KpiPart>> parts = new PartIterator(batches, 10_000);
        parts.hasNext(); ) {
      Tuple2<KpiKey, KpiPart> part = parts.next();
      events.merge(part._1(), part._2().events(), Long::sum);
      revenue.merge(part._1(), part._2().revenueCents(), Long::sum);
    }

    assertThat(events)
        .hasSize(BATCHES / 2 * ROWS)
        .allSatisfy((key, n) -> assertThat(n).isEqualTo(2));
    for (int id : new int[] {0, 1, 4_095, 4_096, 20_000}) {
      KpiKey key =
          new KpiKey(
              -60_000_000L * (id % 3),
              text("region-" + id % 2),
              text("category-" + id),
              text("tv"),
              id % 5 == 0 ? null : text("view"),
              id % 2 == 0 ? null : text("EUR"));
      assertThat(revenue).containsEntry(key, 2L * id);
    }
  }

  /** Rows of as many categories; every third is a minute or two before 1970. */
  private static ColumnarBatch batch(int number) {
    WritableColumnVector[] columns = OnHeapColumnVector.allocateColumns(ROWS, KpiLayout.READ);
    for (int row = 0; row < ROWS; row++) {
      int id = number * ROWS + row;
      columns[0].putLong(row, 59_999_999L - 60_000_000L * (id % 3));
      put(columns[1], row, "region-" + id % 2);
      put(columns[2], row, "category-" + id);
      put(columns[3], row, "tv");
      put(columns[4], row, id % 5 == 0 ? null : "view");
      put(columns[5], row, id % 2 == 0 ? null : "EUR");
      columns[6].putLong(row, id);
      columns[7].putLong(row, id);
      columns[8].putLong(row, 7);
    }
    return new ColumnarBatch((ColumnVector[]) columns, ROWS);
  }

  private static void put(WritableColumnVector column, int row, String text) {
    if (text == null) {
      column.putNull(row);
    } else {
      column.putByteArray(row, text.getBytes(UTF_8));
    }
  }

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }
}
