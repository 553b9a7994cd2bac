// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.schemas.ReleasedSchemas;
import dev.billion.schemas.UserEvent;
import dev.billion.sink.SinkException;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.read.OffsetRange;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.HttpRegistry;
import dev.billion.sink.testing.Schemas;
import dev.billion.sink.testing.Stack;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that are repeated after a crash, with a registry that may know more by then, or less. */
class BatchCommitIT {

  private static final String APP = "test";
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final byte[] GARBAGE = {9};

  @TempDir private Path directory;

  private final Clock clock = Clock.fixed(Instant.parse("2025-03-02T00:00:00Z"), ZoneOffset.UTC);
  private final String topic = "batch-" + UUID.randomUUID();
  private Origin origin = Origin.NEW;
  private Brokers brokers;
  private HttpRegistry registry;
  private SparkSession spark;
  private SinkTable events;
  private SinkTable deadLetters;

  @BeforeEach
  void makeTables() {
    start(FIRST);
    events.createIfAbsent();
    deadLetters.createIfAbsent();
  }

  @AfterEach
  void crash() throws Exception {
    closeBrokers();
    spark.close();
    registry.close();
  }

  @Test
  void aBatchThatIsDoneIsNotDoneAgain() throws Exception {
    // Given
    List<OffsetRange> batch = batch(value(FIRST, 0), GARBAGE);
    newCommit().commit(batch, end(batch), 0);

    // When
    BatchCommit commit = newCommit();
    commit.commit(batch, end(batch), 0);

    // Then
    assertThat(events.rows().count()).isEqualTo(1);
    assertThat(deadLetters.rows().count()).isEqualTo(1);
    assertThat(commit.total()).isEqualTo(BatchCount.NONE);
  }

  @Test
  void aCrashBetweenTheTwoCommitsIsMadeGood() throws Exception {
    // Given
    List<OffsetRange> batch = batch(value(FIRST, 0), GARBAGE);
    commitDeadLettersOnly(batch);

    // When
    newCommit().commit(batch, end(batch), 0);

    // Then
    assertThat(events.rows().count()).isEqualTo(1);
    assertThat(deadLetters.rows().count()).isEqualTo(1);
    assertThat(events.lastVersion(APP)).hasValue(0);
  }

  @Test
  void aRepeatedBatchReadsNoDeadLettersOfOthers() throws Exception {
    // Given: files of batches before, of which nothing can be read
    List<OffsetRange> first = batch(value(FIRST, 0), GARBAGE);
    newCommit().commit(first, end(first), 0);
    for (String file : deadLetters.rows().inputFiles()) {
      Files.write(Path.of(URI.create(file)), GARBAGE);
    }
    List<OffsetRange> second = more(2, GARBAGE, value(FIRST, 1));
    commitDeadLettersOnly(second, 1);

    // When
    newCommit().commit(second, offsets(4), 1);

    // Then
    assertThat(events.rows().select("kafka_offset").sort("kafka_offset").collectAsList())
        .containsExactly(RowFactory.create(0L), RowFactory.create(3L));
    assertThat(events.lastVersion(APP)).hasValue(1);
    assertThat(deadLetters.rows().inputFiles()).hasSize(2);
  }

  @Test
  void aDeadLetterDoesNotBecomeAnEventWhenItsSchemaComesLater() throws Exception {
    // Given
    List<OffsetRange> batch = batch(value(FIRST, 0), value(SECOND, 1));
    commitDeadLettersOnly(batch);
    crash();
    start(FIRST, SECOND);

    // When
    newCommit().commit(batch, end(batch), 0);

    // Then
    assertThat(events.rows().select("kafka_offset").collectAsList())
        .containsExactly(RowFactory.create(0L));
    assertThat(deadLetters.rows().count()).isEqualTo(1);
  }

  @Test
  void aRegistryThatLostSchemasHoldsTheBatchBack() throws Exception {
    // Given
    List<OffsetRange> batch = batch(GARBAGE, value(FIRST, 0));
    commitDeadLettersOnly(batch);
    crash();
    start();

    // When
    BatchCommit commit = newCommit();

    // Then
    assertThatThrownBy(() -> commit.commit(batch, end(batch), 0))
        .rootCause()
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith("batch 0 has more dead letters than before the restart");
    assertThat(events.rows().count()).isZero();
  }

  @Test
  void aBatchWithoutEventsIsStillDone() throws Exception {
    List<OffsetRange> batch = batch(GARBAGE);
    newCommit().commit(batch, end(batch), 0);

    assertThat(events.lastVersion(APP)).hasValue(0);
    assertThat(deadLetters.rows().select("reason").collectAsList())
        .containsExactly(RowFactory.create("BAD_MAGIC"));
  }

  @Test
  void aFieldThatTheTableLacksBecomesAColumnInTheMiddleOfABatch() throws Exception {
    // Given
    Schema wider = ReleasedSchemas.userEvent().get(1);
    registry.put(SECOND, wider);
    GenericRecord event = Schemas.copy(Events.event(1, 0, 1), wider);
    event.put("app_version", "7.1");
    List<OffsetRange> batch =
        batch(value(FIRST, 0), Events.value(SECOND, event), GARBAGE, value(FIRST, 2));

    // When
    newCommit().commit(batch, end(batch), 0);

    // Then
    assertThat(
            events
                .rows()
                .select("kafka_offset", "app_version")
                .sort("kafka_offset")
                .collectAsList())
        .containsExactly(
            RowFactory.create(0L, null), RowFactory.create(1L, "7.1"), RowFactory.create(3L, null));
    assertThat(deadLetters.rows().count()).isEqualTo(1);
    try (Stream<Path> files = Files.walk(directory.resolve("events"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
          .hasSize(events.rows().inputFiles().length);
    }
  }

  @Test
  void aCrashWhileTheTableGetsItsColumnsIsMadeGood() {
    // Given
    String wider = ReleasedSchemas.userEvent().get(1).toString();
    spark.sql(
        "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('%s' = '%s')"
            .formatted(path("events"), TableLayout.SCHEMA, wider.replace("'", "\\'")));

    // When
    EventSchema schema = EventSchema.open(spark, settings());

    // Then
    assertThat(schema.layout().schema()).isEqualTo(ReleasedSchemas.userEvent().get(1));
    assertThat(events.rows().columns()).contains("app_version");
  }

  @Test
  void aCommitSaysHowFarItIsInEveryPartition() throws Exception {
    // Given
    List<OffsetRange> first = batch(value(FIRST, 0), value(FIRST, 1));
    TopicPartition idle = new TopicPartition(topic, 1);
    BatchCommit commit = newCommit();
    commit.commit(first, new KafkaOffsets(Map.of(first.get(0).topicPartition(), 2L, idle, 7L)), 0);

    // When
    List<OffsetRange> second = more(2, GARBAGE);
    commit.commit(
        second, new KafkaOffsets(Map.of(second.get(0).topicPartition(), 3L, idle, 7L)), 1);

    // Then
    assertThat(events.versions())
        .isEqualTo(Map.of(APP, 1L, APP + "/" + topic + "-0", 3L, APP + "/" + topic + "-1", 7L));
    assertThat(log(events, 2)).contains(topic + "-0\",\"version\":3").doesNotContain(topic + "-1");
  }

  @Test
  void aBatchBeginsWhereTheTableEndsWhateverThePlanSays() throws Exception {
    // Given
    List<OffsetRange> first = batch(value(FIRST, 0), value(FIRST, 1));
    newCommit().commit(first, end(first), 0);
    more(2, value(FIRST, 2), value(FIRST, 3));

    // When
    newCommit().commit(List.of(new OffsetRange(topic, 0, 3, 4)), offsets(4), 1);
    newCommit().commit(List.of(new OffsetRange(topic, 0, 0, 4)), offsets(4), 2);

    // Then
    assertThat(events.rows().count()).isEqualTo(4);
    assertThatThrownBy(() -> newCommit().commit(first, offsets(2), 3))
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith(
            "table %s has %s-0 up to offset 4, the batch ends at 2".formatted(events, topic));
  }

  @Test
  void aSinkThatAnotherHasOvertakenWritesNothing() throws Exception {
    // Given
    List<OffsetRange> first = batch(value(FIRST, 0), GARBAGE);
    BatchCommit one = newCommit();
    BatchCommit other = newCommit();
    one.commit(first, end(first), 0);

    // When
    more(2, value(FIRST, 1), GARBAGE);

    // Then
    assertThatThrownBy(() -> other.commit(List.of(new OffsetRange(topic, 0, 2, 4)), offsets(4), 1))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("another sink writes to it");
    assertThat(deadLetters.rows().count()).isEqualTo(1);
    assertThat(events.rows().count()).isEqualTo(1);
  }

  @Test
  void whatIsGoneIsRecordedOnceWhateverMoreIsGoneByTheRepetition() throws Exception {
    // Given
    List<OffsetRange> batch =
        batch(value(FIRST, 0), value(FIRST, 1), value(FIRST, 2), value(FIRST, 3));
    Stack.expire(topic, 1);
    new Gaps(gaps()).record(List.of(new OffsetRange(topic, 0, 0, 1)), 0, clock.instant());

    // When
    Stack.expire(topic, 3);
    AtomicLong lost = new AtomicLong();
    BatchCommit commit =
        newCommit(
            new Observer() {
              @Override
              public void lost(long offsets) {
                lost.addAndGet(offsets);
              }
            });
    commit.commit(batch, end(batch), 0);

    // Then
    assertThat(gaps().rows().select("from_offset", "until_offset", "batch").collectAsList())
        .containsExactlyInAnyOrder(RowFactory.create(0L, 1L, 0L), RowFactory.create(1L, 3L, 0L));
    assertThat(commit.total()).isEqualTo(new BatchCount(1, 1, 0, 3));
    assertThat(lost).hasValue(3);
  }

  @Test
  void aBatchOfWhichNothingIsLeftIsStillDone() throws Exception {
    List<OffsetRange> batch = batch(value(FIRST, 0), value(FIRST, 1));
    Stack.expire(topic, 2);

    newCommit().commit(batch, end(batch), 0);

    assertThat(events.versions()).containsEntry(APP + "/" + topic + "-0", 2L);
    assertThat(gaps().rows().select("from_offset", "until_offset").collectAsList())
        .containsExactly(RowFactory.create(0L, 2L));
  }

  private SinkTable gaps() {
    return new SinkTable(spark, path("gaps"), TableLayout.GAPS);
  }

  private KafkaOffsets offsets(long end) {
    return new KafkaOffsets(Map.of(new TopicPartition(topic, 0), end));
  }

  private static String log(SinkTable table, int version) throws Exception {
    return Files.readString(
        Path.of(table.toString(), "_delta_log", "%020d.json".formatted(version)));
  }

  private void start(int... schemaIds) {
    registry = new HttpRegistry();
    for (int id : schemaIds) {
      registry.put(id, UserEvent.getClassSchema());
    }
    spark = SparkSessions.open(null);
    events = new SinkTable(spark, path("events"), TableLayout.EVENTS);
    deadLetters = new SinkTable(spark, path("dead_letters"), TableLayout.DEAD_LETTERS);
  }

  private void closeBrokers() {
    if (brokers != null) {
      brokers.close();
    }
  }

  private SinkSettings settings() {
    return new SinkSettings(
        Stack.running().bootstrap(),
        topic,
        topic,
        Map.of(),
        registry.config(),
        path("events"),
        path("dead_letters"),
        path("checkpoint"),
        APP,
        SinkSettings.From.EARLIEST,
        Long.MAX_VALUE,
        Duration.ZERO,
        true,
        Duration.ZERO,
        false,
        SinkSettings.OnDataLoss.CONTINUE,
        path("gaps"),
        new SchemaSettings(null, SchemaSettings.Evolve.ADD));
  }

  private BatchCommit newCommit() {
    return newCommit(Observer.NONE);
  }

  private BatchCommit newCommit(Observer observer) {
    SinkSettings settings = settings();
    closeBrokers();
    brokers = new Brokers(settings);
    EventSchema schema =
        new EventSchema(events, EventLayout.USER_EVENT, settings.schema().evolve());
    TableOffsets offsets = new TableOffsets(events, APP, topic);
    return new BatchCommit(
        spark, schema, deadLetters, offsets, brokers, origin, settings, clock, observer);
  }

  private void commitDeadLettersOnly(List<OffsetRange> batch) {
    commitDeadLettersOnly(batch, 0);
  }

  private void commitDeadLettersOnly(List<OffsetRange> batch, long id) {
    deadLetters.commit(newCommit().write(batch, id, null).deadLetters(), APP, id, Map.of());
  }

  private static byte[] value(int schemaId, long sequence) {
    return Events.value(schemaId, Events.event(1, 0, sequence));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  /** Records of a new topic, all of them. */
  private List<OffsetRange> batch(byte[]... values) throws Exception {
    Stack.createTopic(topic, 1);
    return more(0, values);
  }

  /** Records that come after {@code from} others. */
  private List<OffsetRange> more(long from, byte[]... values) throws Exception {
    Stack.send(topic, List.of(values));
    return List.of(new OffsetRange(topic, 0, from, from + values.length));
  }

  private static KafkaOffsets end(List<OffsetRange> batch) {
    return new KafkaOffsets(
        batch.stream().collect(toMap(OffsetRange::topicPartition, OffsetRange::until)));
  }
}
