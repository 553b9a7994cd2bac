// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.SinkException;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.read.OffsetRange;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.HttpRegistry;
import dev.billion.sink.testing.Stack;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
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
    spark.close();
    registry.close();
  }

  @Test
  void aBatchThatIsDoneIsNotDoneAgain() throws Exception {
    // Given
    List<OffsetRange> batch = batch(value(FIRST, 0), GARBAGE);
    newCommit().commit(batch, 0);

    // When
    BatchCommit commit = newCommit();
    commit.commit(batch, 0);

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
    newCommit().commit(batch, 0);

    // Then
    assertThat(events.rows().count()).isEqualTo(1);
    assertThat(deadLetters.rows().count()).isEqualTo(1);
    assertThat(events.lastVersion(APP)).hasValue(0);
  }

  @Test
  void aDeadLetterDoesNotBecomeAnEventWhenItsSchemaComesLater() throws Exception {
    // Given
    List<OffsetRange> batch = batch(value(FIRST, 0), value(SECOND, 1));
    commitDeadLettersOnly(batch);
    crash();
    start(FIRST, SECOND);

    // When
    newCommit().commit(batch, 0);

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
    assertThatThrownBy(() -> commit.commit(batch, 0))
        .rootCause()
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith("batch 0 has more dead letters than before the restart");
    assertThat(events.rows().count()).isZero();
  }

  @Test
  void aBatchWithoutEventsIsStillDone() throws Exception {
    newCommit().commit(batch(GARBAGE), 0);

    assertThat(events.lastVersion(APP)).hasValue(0);
    assertThat(deadLetters.rows().select("reason").collectAsList())
        .containsExactly(RowFactory.create("BAD_MAGIC"));
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

  private BatchCommit newCommit() {
    SinkSettings settings =
        new SinkSettings(
            Stack.running().bootstrap(),
            "unused",
            "unused",
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
            Duration.ZERO);
    return new BatchCommit(
        JavaSparkContext.fromSparkContext(spark.sparkContext()),
        events,
        deadLetters,
        settings,
        clock,
        Observer.NONE);
  }

  private void commitDeadLettersOnly(List<OffsetRange> batch) {
    deadLetters.commit(newCommit().write(batch, 0, null).deadLetters(), APP, 0);
  }

  private static byte[] value(int schemaId, long sequence) {
    return Events.value(schemaId, Events.event(1, 0, sequence));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static List<OffsetRange> batch(byte[]... values) throws Exception {
    String topic = "batch-" + UUID.randomUUID();
    Stack.createTopic(topic, 1);
    Stack.send(topic, List.of(values));
    return List.of(new OffsetRange(topic, 0, 0, values.length));
  }
}
