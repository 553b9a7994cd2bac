// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.ReleasedSchemas;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.table.TableLog;
import dev.billion.sink.testing.DataFiles;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.S3Server;
import dev.billion.sink.write.DataFile;
import dev.billion.sink.write.JoinedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files of a table that is written to, put together. */
class CompactionIT {

  private static final int ROWS = 500;
  private static final EventLayout WIDER = new EventLayout(ReleasedSchemas.userEvent().get(1));

  @TempDir private static Path shared;
  @TempDir private Path directory;

  private static SparkSession spark;
  private static S3Server s3;

  private final DataFiles files = new DataFiles();
  private String uri;
  private SinkTable table;
  private Compaction compaction;
  private long sent;
  private long batch;

  @BeforeAll
  static void start() throws Exception {
    s3 = new S3Server(shared);
    s3.properties().forEach(System::setProperty);
    spark = SparkSessions.open(null);
  }

  @AfterAll
  static void stop() throws Exception {
    spark.close();
    s3.properties().keySet().forEach(System::clearProperty);
    s3.close();
  }

  @AfterEach
  void close() {
    files.close();
  }

  @Test
  void smallFilesOfADayBecomeALargeOneWithTheSameRows() throws Exception {
    filesBecomeOne(directory.resolve("a table").toString());
  }

  @Test
  void onS3Too() throws Exception {
    filesBecomeOne("s3a://" + S3Server.BUCKET + "/compacted");
  }

  private void filesBecomeOne(String address) throws IOException {
    // Given
    begin(address);
    commit(2);
    assertThat(compaction.run()).isZero();
    commit(2);
    List<Row> rows = rows();
    TableLog before = log();

    // When
    int gone = compaction.run();

    // Then
    List<LoggedFile> found = log().files();
    assertThat(gone).isEqualTo(2);
    assertThat(found).hasSize(2);
    assertThat(rows()).isEqualTo(rows).hasSize(4 * ROWS);
    LoggedFile large = found.stream().max(Comparator.comparing(LoggedFile::bytes)).orElseThrow();
    assertThat(large.times("event_time"))
        .contains(new LoggedFile.Times(Events.START, Events.START.plusMillis(3 * ROWS - 1)));
    assertThat(large.partition()).isEqualTo(Map.of("event_date", "2025-03-01"));
    assertThat(log().addedSince(before.version())).isEmpty();
    assertThat(table.versions()).containsEntry("test", batch - 1);
    assertThat(read().where("event_time >= '2025-03-01T23:59:01.9Z'").count()).isEqualTo(100);
    assertThat(compaction.run()).isZero();
  }

  @Test
  void batchesGoOnMeanwhile() throws Exception {
    // Given
    begin(directory.toString());

    // When
    CompletableFuture<Void> stream = CompletableFuture.runAsync(() -> commit(30));
    int gone = 0;
    while (!stream.isDone()) {
      gone += compaction.run();
    }
    stream.get();
    gone += compaction.run();

    // Then
    assertThat(gone).isEqualTo(20);
    assertThat(log().files()).hasSize(10);
    assertThat(offsets()).isEqualTo(LongStream.range(0, 30 * ROWS).boxed().toList());
  }

  @Test
  void aFileThatIsRemovedMeanwhileIsNotPutBack() throws Exception {
    // Given
    begin(directory.toString());
    commit(3);
    TableLog seen = log();
    List<String> paths = seen.files().stream().map(LoggedFile::path).toList();
    int day = (int) Events.START.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    DataFile joined =
        JoinedFile.write(
                uri, day, TableLayout.EVENTS, paths, spark.sparkContext().hadoopConfiguration())
            .file();

    // When
    delete("kafka_offset < " + ROWS);

    // Then
    assertThat(table.compact(seen, seen.files(), joined)).isFalse();
    assertThat(compaction.run()).isZero();
    commit(1);
    assertThat(compaction.run()).isEqualTo(2);
    assertThat(offsets()).isEqualTo(LongStream.range(ROWS, 4 * ROWS).boxed().toList());
  }

  @Test
  void whatIsRemovedBetweenTwoRoundsIsForgotten() throws Exception {
    // Given
    begin(directory.toString());
    commit(2);
    assertThat(compaction.run()).isZero();

    // When
    delete("kafka_offset < " + 2 * ROWS);
    commit(2);

    // Then
    assertThat(compaction.run()).isZero();
    assertThat(offsets()).isEqualTo(LongStream.range(2 * ROWS, 4 * ROWS).boxed().toList());
  }

  @Test
  void aFileWithDeletedRowsStaysAsItIs() throws Exception {
    // Given
    begin(directory.toString());
    commit(3);
    spark.sql(
        "ALTER TABLE delta.`%s` SET TBLPROPERTIES (delta.enableDeletionVectors = true)"
            .formatted(uri));
    delete("kafka_offset = 3");

    // When
    int gone = compaction.run();

    // Then
    assertThat(gone).isZero();
    assertThat(offsets()).hasSize(3 * ROWS - 1);
  }

  @Test
  void filesWithOtherColumnsAreNotPutTogether() throws Exception {
    // Given
    begin(directory.toString());
    commit(1);
    table.widen(TableLayout.of(WIDER));
    for (int i = 0; i < 5; i++) {
      commit(WIDER);
    }
    List<Row> rows = rows();

    // When
    List<Integer> rounds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rounds.add(compaction.run());
    }

    // Then
    assertThat(rounds).isEqualTo(List.of(2, 0, 0));
    assertThat(log().files()).hasSize(4);
    assertThat(rows()).isEqualTo(rows).hasSize(6 * ROWS);
  }

  /** A table of which every three batches are to become one file. */
  private void begin(String address) throws IOException {
    uri = address;
    table = new SinkTable(spark, uri, TableLayout.EVENTS);
    table.createIfAbsent();
    long bytes = written(EventLayout.USER_EVENT).get(0).bytes(); // which is never committed
    compaction = new Compaction(spark, uri, TableLog::eventsLayout, 5 * bytes / 2);
  }

  private void commit(int batches) {
    for (int i = 0; i < batches; i++) {
      commit(EventLayout.USER_EVENT);
    }
  }

  private void commit(EventLayout layout) {
    table.commit(written(layout), "test", batch++, Map.of());
    sent += ROWS;
  }

  private List<DataFile> written(EventLayout layout) {
    return files.write(uri, layout, sent, ROWS, spark.sparkContext().hadoopConfiguration());
  }

  private void delete(String which) {
    spark.sql("DELETE FROM delta.`%s` WHERE %s".formatted(uri, which));
  }

  private TableLog log() {
    return TableLog.newest(spark.sparkContext().hadoopConfiguration(), uri).orElseThrow();
  }

  private Dataset<Row> read() {
    return spark.read().format("delta").load(uri);
  }

  private List<Row> rows() {
    return read().orderBy("kafka_offset").collectAsList();
  }

  private List<Long> offsets() {
    return rows().stream().map(row -> row.<Long>getAs("kafka_offset")).toList();
  }
}
