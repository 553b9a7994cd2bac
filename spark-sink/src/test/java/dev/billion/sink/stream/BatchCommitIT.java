// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.SinkException;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.decode.DecodeCatalog;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.HttpRegistry;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
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
  private static final StructType KAFKA =
      new StructType()
          .add("topic", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("timestamp", DataTypes.TimestampType)
          .add("value", DataTypes.BinaryType);

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
  void aBatchThatIsDoneIsNotDoneAgain() {
    // Given
    newCommit().commit(batch(value(FIRST, 0), GARBAGE), 0);

    // When
    BatchCommit commit = newCommit();
    commit.commit(batch(value(FIRST, 0), GARBAGE), 0);

    // Then
    assertThat(events.rows().count()).isEqualTo(1);
    assertThat(deadLetters.rows().count()).isEqualTo(1);
    assertThat(commit.total()).isEqualTo(BatchCount.NONE);
  }

  @Test
  void aCrashBetweenTheTwoCommitsIsMadeGood() {
    // Given
    commitDeadLettersOnly(batch(value(FIRST, 0), GARBAGE));

    // When
    newCommit().commit(batch(value(FIRST, 0), GARBAGE), 0);

    // Then
    assertThat(events.rows().count()).isEqualTo(1);
    assertThat(deadLetters.rows().count()).isEqualTo(1);
    assertThat(events.lastVersion(APP)).hasValue(0);
  }

  @Test
  void aDeadLetterDoesNotBecomeAnEventWhenItsSchemaComesLater() throws Exception {
    // Given
    commitDeadLettersOnly(batch(value(FIRST, 0), value(SECOND, 1)));
    crash();
    start(FIRST, SECOND);

    // When
    newCommit().commit(batch(value(FIRST, 0), value(SECOND, 1)), 0);

    // Then
    assertThat(events.rows().select("kafka_offset").collectAsList())
        .containsExactly(RowFactory.create(0L));
    assertThat(deadLetters.rows().count()).isEqualTo(1);
  }

  @Test
  void aRegistryThatLostSchemasHoldsTheBatchBack() throws Exception {
    // Given
    commitDeadLettersOnly(batch(GARBAGE, value(FIRST, 0)));
    crash();
    start();

    // When
    BatchCommit commit = newCommit();

    // Then
    assertThatThrownBy(() -> commit.commit(batch(GARBAGE, value(FIRST, 0)), 0))
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith("batch 0 has more dead letters than before the restart");
    assertThat(events.rows().count()).isZero();
  }

  @Test
  void aBatchWithoutEventsIsStillDone() {
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
    spark = SparkSessions.open(null, DecodeCatalog.configuration(registry.config()));
    events = table("events", TableLayout.EVENTS);
    deadLetters = table("dead_letters", TableLayout.DEAD_LETTERS);
  }

  private SinkTable table(String name, TableLayout layout) {
    return new SinkTable(spark, directory.resolve(name).toString(), layout);
  }

  private BatchCommit newCommit() {
    return new BatchCommit(events, deadLetters, APP, clock);
  }

  private void commitDeadLettersOnly(Dataset<Row> batch) {
    DecodedBatch decoded = new DecodedBatch(batch, 1, 0, clock.instant());
    deadLetters.append(decoded.deadLetters(), APP, 0);
  }

  private static byte[] value(int schemaId, long sequence) {
    return Events.value(schemaId, Events.event(1, 0, sequence));
  }

  private Dataset<Row> batch(byte[]... values) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      rows.add(RowFactory.create("t", 0, (long) i, new Timestamp(0), values[i]));
    }
    return spark.createDataFrame(rows, KAFKA);
  }
}
