// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.parquet.FlatFile;
import dev.billion.sink.parquet.TextColumn;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.write.NewFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

class PartIteratorTest {

  private static final int ROWS = 25_000;

  @TempDir private Path directory;

  /** More keys than are kept in memory, each in two places that are far from each other. */
  @Test
  void manyKeysAreHandedOutInPartsThatAddUp() throws IOException {
    List<String> paths = List.of(file("one"), file("two"));

    Map<KpiKey, Long> events = new HashMap<>();
    Map<KpiKey, Long> revenue = new HashMap<>();
    try (EventScan scan = new EventScan(paths, new Configuration())) {
      PartIterator parts = new PartIterator(scan, 10_000, Long.MAX_VALUE);
      while (parts.hasNext()) {
        Tuple2<KpiKey, KpiPart> part = parts.next();
        events.merge(part._1(), part._2().events(), Long::sum);
        revenue.merge(part._1(), part._2().revenueCents(), Long::sum);
      }
    }

    assertThat(events).hasSize(ROWS).allSatisfy((key, n) -> assertThat(n).isEqualTo(2));
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
  private String file(String name) throws IOException {
    TableLayout layout = new TableLayout(name, KpiLayout.READ, List.of(), List.of(), List.of());
    NewFile written = NewFile.open(directory.toString(), null, layout, new Configuration());
    FlatFile file = written.content();
    for (int id = 0; id < ROWS; id++) {
      file.numbers(0).add(59_999_999L - 60_000_000L * (id % 3));
      put(file.texts(1), "region-" + id % 2);
      put(file.texts(2), "category-" + id);
      put(file.texts(3), "tv");
      put(file.texts(4), id % 5 == 0 ? null : "view");
      put(file.texts(5), id % 2 == 0 ? null : "EUR");
      file.numbers(6).add(id);
      file.numbers(7).add(id);
      file.numbers(8).add(7);
      file.endRow();
    }
    return written.close().path();
  }

  private static void put(TextColumn column, String text) {
    if (text == null) {
      column.addNull();
    } else {
      byte[] bytes = text.getBytes(UTF_8);
      column.add(bytes, 0, bytes.length);
    }
  }

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }
}
