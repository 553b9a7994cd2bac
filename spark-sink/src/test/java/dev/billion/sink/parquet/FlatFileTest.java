// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.scan.NumberScan;
import dev.billion.sink.scan.TextScan;
import dev.billion.sink.testing.Scans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet-java is the reader that all files are held against. */
class FlatFileTest {

  private static final MessageType SCHEMA =
      Types.buildMessage()
          .optional(INT64)
          .named("number")
          .optional(INT32)
          .named("small")
          .optional(BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("text")
          .named("row");

  @TempDir private java.nio.file.Path directory;

  private final Random random = new Random(7);

  @Test
  void fewValuesAreWrittenOnceAndReferredTo() throws IOException {
    List<Row> rows = rows(50_000, i -> new Row(i % 100L, i / 1000, "text " + i % 7));

    ParquetMetadata footer = write(rows, Set.of());

    assertThat(read()).isEqualTo(rows);
    assertThat(footer.getBlocks()).hasSize(1);
    for (ColumnChunkMetaData column : footer.getBlocks().get(0).getColumns()) {
      assertThat(column.getEncodings())
          .contains(Encoding.PLAIN_DICTIONARY)
          .hasSize(2); // that one, and the one of the levels
    }
  }

  @Test
  void valuesThatDoNotRepeatAreWrittenByTheirDifferencesFromTheSecondPageOn() throws IOException {
    List<Row> rows = rows(70_000, i -> new Row((long) i * i, -i, "text " + random.nextLong()));

    ParquetMetadata footer = write(rows, Set.of());

    assertThat(read()).isEqualTo(rows);
    List<ColumnChunkMetaData> columns = footer.getBlocks().get(0).getColumns();
    assertThat(columns)
        .allMatch(column -> column.getEncodings().contains(Encoding.PLAIN_DICTIONARY));
    assertThat(columns.get(0).getEncodings()).contains(Encoding.DELTA_BINARY_PACKED);
    assertThat(columns.get(1).getEncodings()).contains(Encoding.DELTA_BINARY_PACKED);
    assertThat(columns.get(2).getEncodings()).contains(Encoding.DELTA_BYTE_ARRAY);
  }

  @Test
  void aDictionaryThatIsFullIsGivenUp() throws IOException {
    String padding = "x".repeat(100);
    List<Row> rows = rows(60_000, i -> new Row(1L, 1, padding + i * 2 / 5));

    ParquetMetadata footer = write(rows, Set.of());

    assertThat(read()).isEqualTo(rows);
    assertThat(footer.getBlocks().get(0).getColumns().get(2).getEncodings())
        .contains(Encoding.PLAIN_DICTIONARY, Encoding.DELTA_BYTE_ARRAY);
  }

  @Test
  void uniqueColumnsHaveNoDictionary() throws IOException {
    List<Row> rows = rows(1000, i -> new Row((long) i, i, "" + i));

    ParquetMetadata footer = write(rows, Set.of("number", "small", "text"));

    assertThat(read()).isEqualTo(rows);
    for (ColumnChunkMetaData column : footer.getBlocks().get(0).getColumns()) {
      assertThat(column.getEncodings()).doesNotContain(Encoding.PLAIN_DICTIONARY);
    }
  }

  @Test
  void uniqueTextsMayBeginAsTheOnesBeforeOrBeEmptyOrAlike() throws IOException {
    List<Row> rows = rows(50_000, i -> new Row((long) i, i, "beginning".substring(0, i / 3 % 10)));

    ParquetMetadata footer = write(rows, Set.of("text"));

    assertThat(read()).isEqualTo(rows);
    assertThat(footer.getBlocks().get(0).getColumns().get(2).getEncodings())
        .contains(Encoding.DELTA_BYTE_ARRAY)
        .doesNotContain(Encoding.DELTA_LENGTH_BYTE_ARRAY);
  }

  @Test
  void uniqueTextsThatHaveNothingInCommonAreWrittenWhole() throws IOException {
    List<Row> rows = rows(50_000, i -> new Row((long) i, i, Long.toHexString(random.nextLong())));

    ParquetMetadata footer = write(rows, Set.of("text"));

    assertThat(read()).isEqualTo(rows);
    assertThat(footer.getBlocks().get(0).getColumns().get(2).getEncodings())
        .contains(Encoding.DELTA_BYTE_ARRAY)
        .as("what Spark 3.5 reads wrongly")
        .doesNotContain(Encoding.DELTA_LENGTH_BYTE_ARRAY);
  }

  @Test
  void anyUniqueValueMayBeLacking() throws IOException {
    List<Row> rows =
        rows(
            45_000,
            i ->
                new Row(
                    random.nextInt(3) == 0 ? null : random.nextLong(),
                    i < 25_000 ? null : random.nextInt(),
                    i % 10_000 < 5_000 ? null : "ü".repeat(random.nextInt(4))));

    write(rows, Set.of("number", "small", "text"));

    assertThat(read()).isEqualTo(rows);
  }

  @Test
  void anyRowMayLackAnyValue() throws IOException {
    List<Row> rows =
        rows(
            45_000,
            i ->
                new Row(
                    random.nextInt(3) == 0 ? null : random.nextLong(50),
                    i < 25_000 ? null : Integer.valueOf(i),
                    i % 10_000 < 5_000 ? null : "ü" + random.nextInt(40_000)));

    write(rows, Set.of());

    assertThat(read()).isEqualTo(rows);
  }

  @Test
  void textsOfAllLengthsAreTold() throws IOException {
    List<Row> rows = rows(5_000, i -> new Row(0L, 0, "a".repeat(i % 40) + (char) ('a' + i % 3)));

    write(rows, Set.of());

    assertThat(read()).isEqualTo(rows);
  }

  @Test
  void textsThatDifferInOneByteOrByNulsAreTold() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int length = 0; length <= 40; length++) {
      String text = "0123456789".repeat(4).substring(0, length);
      texts.add("\0".repeat(length));
      texts.add(text);
      for (int i = 0; i < length; i++) {
        texts.add(text.substring(0, i) + "x" + text.substring(i + 1));
      }
    }
    List<Row> rows = rows(3 * texts.size(), i -> new Row(0L, 0, texts.get(i % texts.size())));

    ParquetMetadata footer = write(rows, Set.of());

    assertThat(read()).isEqualTo(rows);
    assertThat(footer.getBlocks().get(0).getColumns().get(2).getEncodings())
        .contains(Encoding.PLAIN_DICTIONARY);
  }

  @Test
  void longTextsEndARowGroupSoon() throws IOException {
    String megabyte = "x".repeat(1 << 20);
    List<Row> rows = rows(200, i -> new Row((long) i, i, i + megabyte));

    ParquetMetadata footer = write(rows, Set.of());

    assertThat(read()).isEqualTo(rows);
    assertThat(footer.getBlocks().stream().map(BlockMetaData::getRowCount))
        .as("rows, of which each 64th asks whether they are 128 MiB")
        .containsExactly(192L, 8L);
  }

  @Test
  void aLargeFileHasSeveralRowGroups() throws IOException {
    int count = 20_000;
    String padding = "x".repeat(10 << 10);
    List<Row> rows = rows(count, i -> new Row((long) i, i, i + padding));

    ParquetMetadata footer = write(rows, Set.of("text"));

    assertThat(footer.getBlocks()).hasSize(2);
    assertThat(footer.getBlocks().stream().mapToLong(block -> block.getRowCount()).sum())
        .isEqualTo(count);
    assertThat(read()).isEqualTo(rows);
  }

  @Test
  void statisticsAreThoseOfTheColumnsThatHaveThem() throws IOException {
    List<Row> rows = rows(30_000, i -> new Row(i == 5 ? null : i - 10_000L, i, "t"));

    ParquetMetadata footer = write(rows, Set.of("number"));

    List<ColumnChunkMetaData> columns = footer.getBlocks().get(0).getColumns();
    LongStatistics number = (LongStatistics) columns.get(0).getStatistics();
    assertThat(number.getMin()).isEqualTo(-10_000);
    assertThat(number.getMax()).isEqualTo(19_999);
    assertThat(number.getNumNulls()).isEqualTo(1);
    assertThat(columns.get(1).getStatistics().isEmpty()).isTrue();
    assertThat(columns.get(2).getStatistics().isEmpty()).isTrue();
  }

  @Test
  void readersFindRowsByTheStatisticsOfPages() throws IOException {
    List<Row> rows = rows(100_000, i -> new Row(i % 90_000 < 20_000 ? null : (long) i, i, "t" + i));
    write(rows, Set.of("number"));

    List<Row> found =
        read(
            FilterApi.and(
                FilterApi.gtEq(FilterApi.longColumn("number"), 59_990L),
                FilterApi.lt(FilterApi.longColumn("number"), 60_010L)));

    assertThat(found).isEqualTo(rows.subList(59_990, 60_010));
  }

  @Test
  void aFileWithoutRowsIsAFile() throws IOException {
    assertThat(write(List.of(), Set.of()).getBlocks()).isEmpty();
    assertThat(read()).isEmpty();
  }

  private record Row(Long number, Integer small, String text) {

    Row withoutNullNumbers() {
      return new Row(number == null ? 0 : number, small == null ? 0 : small, text);
    }
  }

  private static List<Row> rows(int count, IntFunction<Row> row) {
    return IntStream.range(0, count).mapToObj(row).toList();
  }

  private ParquetMetadata write(List<Row> rows, Set<String> unique) throws IOException {
    FlatFile file = new FlatFile(path(), new Configuration(), SCHEMA, Set.of("number"), unique);
    for (Row row : rows) {
      add(row.number, file.numbers(0));
      add(row.small == null ? null : row.small.longValue(), file.numbers(1));
      if (row.text == null) {
        file.texts(2).addNull();
      } else {
        byte[] padded = (" " + row.text + " ").getBytes(UTF_8);
        file.texts(2).add(padded, 1, padded.length - 2);
      }
      file.endRow();
    }
    return file.close();
  }

  private static void add(Long value, NumberColumn column) {
    if (value == null) {
      column.addNull();
    } else {
      column.add(value);
    }
  }

  /** As parquet-java reads it, with which the sink's own reader has to agree. */
  private List<Row> read() throws IOException {
    List<Row> rows = rows(ParquetReader.builder(new GroupReadSupport(), path()));
    assertThat(scan()).isEqualTo(rows.stream().map(Row::withoutNullNumbers).toList());
    return rows;
  }

  private List<Row> scan() throws IOException {
    NumberScan number = new NumberScan("number");
    NumberScan small = new NumberScan("small");
    TextScan text = new TextScan("text");
    return Scans.rows(
        List.of(number, small, text),
        row ->
            new Row(
                number.values()[row], Math.toIntExact(small.values()[row]), Scans.text(text, row)),
        path());
  }

  private List<Row> read(FilterPredicate filter) throws IOException {
    return rows(
        ParquetReader.builder(new GroupReadSupport(), path()).withFilter(FilterCompat.get(filter)));
  }

  private static List<Row> rows(ParquetReader.Builder<Group> builder) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (ParquetReader<Group> reader = builder.build()) {
      for (Group group = reader.read(); group != null; group = reader.read()) {
        rows.add(
            new Row(
                has(group, "number") ? group.getLong("number", 0) : null,
                has(group, "small") ? group.getInteger("small", 0) : null,
                has(group, "text") ? group.getString("text", 0) : null));
      }
    }
    return rows;
  }

  private static boolean has(Group group, String column) {
    return group.getFieldRepetitionCount(column) > 0;
  }

  private Path path() {
    return new Path(directory.resolve("file.parquet").toUri());
  }
}
