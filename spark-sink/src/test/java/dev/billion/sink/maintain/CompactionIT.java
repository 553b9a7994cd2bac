// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.ReleasedSchemas;
import dev.billion.schemas.UserEvent;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.RecordDecoder;
import dev.billion.sink.decode.WriterSchemas;
import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.table.TableLog;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.HttpRegistry;
import dev.billion.sink.testing.S3Server;
import dev.billion.sink.write.DataFile;
import dev.billion.sink.write.EventFiles;
import dev.billion.sink.write.JoinedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files of a table that is written to, put together. */
class CompactionIT {

  private static final int ID = 7;
  private static final int ROWS = 500;
  private static final EventLayout WIDER = new EventLayout(ReleasedSchemas.userEvent().get(1));

  private static SparkSession spark;
  private static S3Server s3;

  /** As soon as there are three files of a batch. */
  private static Compaction.Size three;

  @TempDir private static Path objects;
  @TempDir private Path directory;

  private final HttpRegistry registry = new HttpRegistry();
  private long sent;
  private long batch;

  @BeforeAll
  static void start() throws Exception {
    s3 = new S3Server(objects);
    s3.properties().forEach(System::setProperty);
    spark = SparkSessions.open(null);
  }

  @AfterAll
  static void stop() throws Exception {
    spark.close();
    s3.properties().keySet().forEach(System::clearProperty);
    s3.close();
  }

  @Test
  void smallFilesOfADayBecomeALargeOneWithTheSameRows() throws Exception {
    filesBecomeOne(directory.resolve("a table").toString());
  }

  @Test
  void onS3Too() throws Exception {
    filesBecomeOne("s3a://" + S3Server.BUCKET + "/compacted");
  }

  private void filesBecomeOne(String uri) throws IOException {
    // Given
    SinkTable table = table(uri);
    Compaction compaction = compaction(uri);
    commit(table, uri, 2);
    assertThat(compaction.run()).isZero();
    commit(table, uri, 2);
    List<Row> rows = rows(uri);
    TableLog before = log(uri);

    // When
    int gone = compaction.run();

    // Then
    List<LoggedFile> files = log(uri).files();
    assertThat(gone).isEqualTo(2);
    assertThat(files).hasSize(2);
    assertThat(rows(uri)).isEqualTo(rows).hasSize(4 * ROWS);
    LoggedFile large = files.stream().max((a, b) -> Long.compare(a.bytes(), b.bytes())).get();
    assertThat(large.times("event_time"))
        .contains(new LoggedFile.Times(Events.START, Events.START.plusMillis(3 * ROWS - 1)));
    assertThat(large.partition()).isEqualTo(Map.of("event_date", "2025-03-01"));
    assertThat(log(uri).addedSince(before.version())).isEmpty();
    assertThat(table.versions()).containsEntry("test", batch - 1);
    assertThat(
            spark
                .read()
                .format("delta")
                .load(uri)
                .where("event_time >= '2025-03-01T23:59:01.9Z'")
                .count())
        .isEqualTo(100);
    assertThat(compaction.run()).isZero();
  }

  @Test
  void batchesGoOnMeanwhile() throws Exception {
    // Given
    String uri = directory.toString();
    SinkTable table = table(uri);
    Compaction compaction = compaction(uri);

    // When
    CompletableFuture<Void> stream = CompletableFuture.runAsync(() -> commit(table, uri, 30));
    int gone = 0;
    while (!stream.isDone()) {
      gone += compaction.run();
    }
    stream.get();
    gone += compaction.run();

    // Then
    assertThat(gone).isEqualTo(20);
    assertThat(log(uri).files()).hasSize(10);
    assertThat(sequences(uri)).isEqualTo(LongStream.range(0, 30 * ROWS).boxed().toList());
  }

  @Test
  void aFileThatIsRemovedMeanwhileIsNotPutBack() throws Exception {
    // Given
    String uri = directory.toString();
    SinkTable table = table(uri);
    Compaction compaction = compaction(uri);
    commit(table, uri, 3);
    TableLog seen = log(uri);
    List<String> paths = seen.files().stream().map(LoggedFile::path).toList();
    DataFile joined =
        JoinedFile.write(uri, day(), TableLayout.EVENTS, paths, new Configuration()).file();

    // When
    spark.sql("DELETE FROM delta.`%s` WHERE kafka_offset < %d".formatted(uri, ROWS));

    // Then
    assertThat(table.compact(seen, seen.files(), joined)).isFalse();
    assertThat(compaction.run()).isZero();
    commit(table, uri, 1);
    assertThat(compaction.run()).isEqualTo(2);
    assertThat(sequences(uri)).isEqualTo(LongStream.range(ROWS, 4 * ROWS).boxed().toList());
  }

  @Test
  void whatIsRemovedBetweenTwoRoundsIsForgotten() throws Exception {
    // Given
    String uri = directory.toString();
    SinkTable table = table(uri);
    Compaction compaction = compaction(uri);
    commit(table, uri, 2);
    assertThat(compaction.run()).isZero();

    // When
    spark.sql("DELETE FROM delta.`%s` WHERE kafka_offset < %d".formatted(uri, 2 * ROWS));
    commit(table, uri, 2);

    // Then
    assertThat(compaction.run()).isZero();
    assertThat(sequences(uri)).isEqualTo(LongStream.range(2 * ROWS, 4 * ROWS).boxed().toList());
  }

  @Test
  void aFileWithDeletedRowsStaysAsItIs() throws Exception {
    // Given
    String uri = directory.toString();
    SinkTable table = table(uri);
    Compaction compaction = compaction(uri);
    commit(table, uri, 3);
    spark.sql(
        "ALTER TABLE delta.`%s` SET TBLPROPERTIES (delta.enableDeletionVectors = true)"
            .formatted(uri));
    spark.sql("DELETE FROM delta.`%s` WHERE kafka_offset = 3".formatted(uri));

    // When
    int gone = compaction.run();

    // Then
    assertThat(gone).isZero();
    assertThat(sequences(uri)).hasSize(3 * ROWS - 1);
  }

  @Test
  void filesWithOtherColumnsAreNotPutTogether() throws Exception {
    // Given
    String uri = directory.toString();
    SinkTable table = table(uri);
    Compaction compaction = compaction(uri);
    commit(table, uri, 1);
    table.widen(TableLayout.of(WIDER));
    for (int i = 0; i < 5; i++) {
      commit(table, write(uri, WIDER));
    }
    List<Row> rows = rows(uri);

    // When
    List<Integer> rounds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rounds.add(compaction.run());
    }

    // Then
    assertThat(rounds).isEqualTo(List.of(2, 0, 0));
    assertThat(log(uri).files()).hasSize(4);
    assertThat(rows(uri)).isEqualTo(rows).hasSize(6 * ROWS);
  }

  private Compaction compaction(String uri) {
    if (three == null) {
      long bytes = write(uri, EventLayout.USER_EVENT).get(0).bytes(); // never committed
      sent = 0;
      three = new Compaction.Size(1, 2 * bytes, 5 * bytes / 2);
    }
    return new Compaction(spark, uri, TableLog::eventsLayout, three);
  }

  private static SinkTable table(String uri) {
    SinkTable table = new SinkTable(spark, uri, TableLayout.EVENTS);
    table.createIfAbsent();
    return table;
  }

  private void commit(SinkTable table, String uri, int batches) {
    for (int i = 0; i < batches; i++) {
      commit(table, write(uri, EventLayout.USER_EVENT));
    }
  }

  private void commit(SinkTable table, List<DataFile> files) {
    table.commit(files, "test", batch++, Map.of());
  }

  /** A file of the next events, as the sink writes it. */
  private List<DataFile> write(String uri, EventLayout layout) {
    registry.put(ID, UserEvent.getClassSchema());
    RecordDecoder decoder =
        new RecordDecoder(WriterSchemas.shared(registry.config(), layout), true);
    EventFiles files = new EventFiles(uri, layout, 0, spark.sparkContext().hadoopConfiguration());
    try {
      for (int i = 0; i < ROWS; i++, sent++) {
        byte[] value = Events.value(ID, Events.event(1, 0, sent));
        assertThat(decoder.decode(value, 0)).isNull();
        files.write(decoder.event(), new ConsumerRecord<>("t", 0, sent, null, value));
      }
      return files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int day() {
    return (int) Events.START.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
  }

  private static TableLog log(String uri) {
    return TableLog.newest(spark.sparkContext().hadoopConfiguration(), uri).orElseThrow();
  }

  private static List<Row> rows(String uri) {
    return spark.read().format("delta").load(uri).orderBy("kafka_offset").collectAsList();
  }

  private static List<Long> sequences(String uri) {
    List<Long> offsets = new ArrayList<>();
    for (Row row : spark.read().format("delta").load(uri).select("kafka_offset").collectAsList()) {
      offsets.add(row.getLong(0));
    }
    Collections.sort(offsets);
    return offsets;
  }
}
