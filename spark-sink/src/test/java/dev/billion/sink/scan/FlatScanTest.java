// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.scan;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.sink.testing.Scans;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that parquet-java wrote; those of the sink are scanned in FlatFileTest. */
class FlatScanTest {

  private static final MessageType SCHEMA =
      Types.buildMessage()
          .optional(INT64)
          .named("number")
          .optional(INT32)
          .named("small")
          .optional(BINARY)
          .as(stringType())
          .named("text")
          .required(INT64)
          .named("always")
          .optional(INT64)
          .as(timestampType(true, LogicalTypeAnnotation.TimeUnit.MILLIS))
          .named("millis")
          .optional(INT96)
          .named("day_and_nanos")
          .named("row");

  private static final long JULIAN_DAY_OF_1970 = 2_440_588;

  @TempDir private java.nio.file.Path directory;

  private final Random random = new Random(11);

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, true, 20000, 100000, 25000",
    "PARQUET_1_0, true, 700, 4099, 5000",
    "PARQUET_1_0, false, 5000, 100000, 12345",
    "PARQUET_1_0, false, 3, 100000, 500",
    "PARQUET_2_0, true, 20000, 100000, 25000",
    "PARQUET_2_0, true, 1, 100000, 300",
    "PARQUET_2_0, false, 5000, 100000, 12345",
    "PARQUET_2_0, false, 33, 4097, 4500"
  })
  void allPagesAreRead(
      WriterVersion version, boolean hasDictionary, int rowsOfPage, int rowsOfGroup, int count)
      throws IOException {
    for (int few : new int[] {1, 300, 1 << 30}) {
      for (int nulls : new int[] {0, 30, 100}) {
        List<Row> rows = rows(count, i -> row(few, nulls));
        Path path = directory(version + "-" + few + "-" + nulls);
        try (ParquetWriter<Group> writer =
            ExampleParquetWriter.builder(path)
                .withType(SCHEMA)
                .withWriterVersion(version)
                .withDictionaryEncoding(hasDictionary)
                .withPageRowCountLimit(rowsOfPage)
                .withMinRowCountForPageSizeCheck(1)
                .withRowGroupRowCountLimit(rowsOfGroup)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .build()) {
          for (Row row : rows) {
            writer.write(group(row));
          }
        }
        assertThat(scan(path)).as("%d values, %d%% nulls", few, nulls).isEqualTo(rows);
      }
    }
  }

  @Test
  void aColumnThatTheFileHasNotIsNull() throws IOException {
    Path path = directory("part");
    MessageType part = Types.buildMessage().required(INT64).named("always").named("row");
    try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(path).withType(part).build()) {
      for (int i = 1; i <= 10_000; i++) {
        writer.write(new SimpleGroup(part).append("always", (long) i));
      }
    }

    assertThat(scan(path)).isEqualTo(rows(10_000, i -> new Row(0, 0, null, i + 1, 0, 0)));
  }

  @Test
  void filesFollowEachOther() throws IOException {
    Path one = directory("one");
    Path two = directory("two");
    for (Path path : List.of(one, two)) {
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(path).withType(SCHEMA).build()) {
        for (int i = 0; i < 10; i++) {
          writer.write(group(new Row(i, i, path.getName(), i, i, i)));
        }
      }
    }

    List<Row> rows = scan(one, two, one);

    assertThat(rows.stream().map(Row::text).distinct()).containsExactly("one", "two");
    assertThat(rows.subList(20, 30)).isEqualTo(rows.subList(0, 10)).doesNotContain(rows.get(10));
  }

  @Test
  void whatIsNoNumberIsRefused() throws IOException {
    Path path = directory("text");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(path).withType(SCHEMA).build()) {
      writer.write(group(new Row(1, 1, "1", 1, 1, 1)));
    }
    List<ColumnScan> columns = List.of(new NumberScan("text"));
    try (FlatScan scan = new FlatScan(columns, List.of(path), new Configuration())) {
      assertThatThrownBy(scan::next).hasMessageContaining("no number").hasMessageContaining("text");
    }
  }

  private Row row(int few, int nulls) {
    return new Row(
        maybe(nulls) ? random.nextLong(-few, few) : 0,
        maybe(nulls) ? random.nextInt(-few, few) : 0,
        maybe(nulls) ? "text " + random.nextInt(few) : null,
        random.nextLong(-few, few),
        maybe(nulls) ? random.nextInt(few) * 1_000L : 0,
        maybe(nulls) ? random.nextInt(few) * 12_345_678L : 0);
  }

  private boolean maybe(int nulls) {
    return random.nextInt(100) >= nulls;
  }

  /** A row with 0 for numbers that it has not; times in microseconds. */
  private record Row(long number, int small, String text, long always, long millis, long old) {}

  private static List<Row> rows(int count, IntFunction<Row> row) {
    return IntStream.range(0, count).mapToObj(row).toList();
  }

  private static Group group(Row row) {
    Group group = new SimpleGroup(SCHEMA).append("always", row.always);
    if (row.number != 0) {
      group.append("number", row.number);
    }
    if (row.small != 0) {
      group.append("small", row.small);
    }
    if (row.text != null) {
      group.append("text", row.text);
    }
    if (row.millis != 0) {
      group.append("millis", row.millis / 1_000);
    }
    if (row.old != 0) {
      long day = TimeUnit.MICROSECONDS.toDays(row.old);
      long nanos = TimeUnit.MICROSECONDS.toNanos(row.old - TimeUnit.DAYS.toMicros(day));
      group.append("day_and_nanos", new NanoTime((int) (day + JULIAN_DAY_OF_1970), nanos));
    }
    return group;
  }

  private static List<Row> scan(Path... paths) throws IOException {
    NumberScan number = new NumberScan("number");
    NumberScan small = new NumberScan("small");
    TextScan text = new TextScan("text");
    NumberScan always = new NumberScan("always");
    NumberScan millis = new NumberScan("millis");
    NumberScan old = new NumberScan("day_and_nanos");
    return Scans.rows(
        List.of(number, small, text, always, millis, old),
        row ->
            new Row(
                number.values()[row],
                Math.toIntExact(small.values()[row]),
                Scans.text(text, row),
                always.values()[row],
                millis.values()[row],
                old.values()[row]),
        paths);
  }

  private Path directory(String name) {
    return new Path(directory.resolve(name).toUri());
  }
}
