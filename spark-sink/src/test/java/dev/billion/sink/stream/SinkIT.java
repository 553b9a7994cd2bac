// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Schemas;
import dev.billion.sink.testing.Stack;
import dev.billion.sink.testing.Tables;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be in a topic, drained once; the tests look at what came of it. */
class SinkIT {

  private static final String TOPIC = "mixed";
  private static final int PARTITIONS = 3;
  private static final long RUN = 0x0193a5c1f2aaL;
  private static final int EVENTS = 2_000;
  private static final int UNKNOWN_ID = 987_654;

  @TempDir private static Path directory;

  private static Program.Result drained;

  @BeforeAll
  static void drainATopicWithEverything() throws Exception {
    Stack.createTopic(TOPIC, PARTITIONS);
    int current = Stack.register("mixed-value", UserEvent.getClassSchema());
    Schema later =
        Schemas.with("{\"name\":\"extra\",\"type\":[\"null\",\"string\"],\"default\":null}");
    int evolved = Stack.register("mixed-value", later);
    Schema foreign = SchemaBuilder.record("Foreign").fields().requiredInt("number").endRecord();
    int incompatible = Stack.register("foreign-value", foreign);

    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      UserEvent event = Events.event(RUN, 0, i);
      values.add(
          i % 2 == 0
              ? Events.value(current, event)
              : Events.value(evolved, Schemas.copy(event, later)));
    }
    byte[] lost = Events.value(current, Events.event(RUN, 0, EVENTS));
    values.add(Arrays.copyOf(lost, lost.length - 3));
    values.add(Arrays.copyOf(lost, lost.length + 3));
    values.add(null);
    values.add(new byte[] {0, 0});
    values.add("plain text".getBytes(UTF_8));
    values.add(Events.value(UNKNOWN_ID, Events.event(RUN, 0, 0)));
    values.add(Events.value(incompatible, Events.event(RUN, 0, 0)));
    Stack.send(TOPIC, values);

    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      drained = Program.run(Stack.args("drain", TOPIC, directory, "--max-records", "600"));
      recording.dump(directory.resolve("programs.jfr"));
    }
  }

  @Test
  void noProgramIsStartedForAFile() throws Exception {
    assertThat(RecordingFile.readAllEvents(directory.resolve("programs.jfr")))
        .extracting(event -> event.getString("command"))
        .as("Spark's own, when it starts and ends")
        .isNotEmpty()
        .noneMatch(command -> command.contains(directory.toString()));
  }

  @Test
  void everyRecordIsInOneOfTheTables() throws Exception {
    assertThat(drained.err()).noneMatch(line -> line.startsWith("error"));
    assertThat(drained.exit()).isZero();
    assertThat(drained.out()).hasSize(1);
    assertThat(drained.out().get(0))
        .startsWith("{\"events\":2000,\"dead_letters\":7,\"batches\":4");

    assertThat(
            Tables.query("reason, count(*)", deadLetters(), "GROUP BY reason ORDER BY reason")
                .stream()
                .map(Row::mkString))
        .containsExactly(
            "BAD_MAGIC1",
            "INCOMPATIBLE_SCHEMA1",
            "NOT_DECODABLE1",
            "NULL_VALUE1",
            "TOO_SHORT1",
            "TRAILING_BYTES1",
            "UNKNOWN_SCHEMA_ID1");
  }

  @Test
  void aRowIsTheEventAndWhereItCameFrom() throws Exception {
    List<Row> rows =
        Tables.query(
            "event_time, category, currency, referrer, kafka_partition, kafka_offset, event_date",
            events(),
            "WHERE event_time = TIMESTAMP '2025-03-01T23:59:00.009Z'");

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).mkString(","))
        .endsWith(",caf\u00e9,EUR,https://example.org/,0,3,2025-03-01");
  }

  @Test
  void progressIsToldAfterEveryBatch() {
    assertThat(drained.err())
        .filteredOn(line -> line.startsWith("{\"progress\":\"sink\",\"batch\":3,"))
        .first()
        .asString()
        .contains("\"events\":2000,\"dead_letters\":7,")
        .endsWith("\"lag\":0}");
  }

  @Test
  void theTableIsProvenWhole() throws Exception {
    Path sent =
        Files.writeString(
            directory.resolve("sent.json"),
            "{\"run\":\"0193a5c1f2aa\",\"shards\":1,\"records\":2001,\"next_sequences\":[2001]}");

    Program.Result proof =
        Program.run(List.of("verify", "--json", "--table", events(), "--sent", sent.toString()));

    assertThat(proof.err()).isEmpty();
    assertThat(proof.exit()).isZero();
    assertThat(proof.out())
        .containsExactly(
            "{\"ok\":true,\"runs\":[{\"run\":\"0193a5c1f2aa\",\"shards\":1,\"records\":2000,\"missing\":0,"
                + "\"duplicates\":0,\"unexpected\":0,\"dead_letters\":1}],"
                + "\"dead_letters\":7,\"doubled_dead_letters\":0,\"unidentified\":0,\"lost_offsets\":0,"
                + "\"poison\":0,\"missing_poison\":0}");
  }

  @Test
  void theConsumerGroupIsAtTheEnd() throws Exception {
    assertThat(Stack.committed(TOPIC)).isEqualTo(Stack.ends(TOPIC, PARTITIONS));
  }

  @Test
  void drainingAgainAddsNothing() throws Exception {
    Program.Result again = Program.run(Stack.args("drain", TOPIC, directory));

    assertThat(again.exit()).isZero();
    assertThat(again.out().get(0)).startsWith("{\"events\":0,\"dead_letters\":0,\"batches\":0");
    assertThat(Tables.query("count(*)", events(), "").get(0).getLong(0)).isEqualTo(EVENTS);
  }

  @Test
  void aCheckpointThatIsGoneIsNotStartedOver() {
    Program.Result result = drain("--checkpoint", directory.resolve("new-cp").toString());

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.lastError())
        .startsWith("error: table %s has batches up to 3".formatted(events()))
        .contains("checkpoint " + directory.resolve("new-cp") + " has none")
        .contains(
            "(valid: the checkpoint that belongs to the table, or another table; if it is lost, a new checkpoint and --from-table,");
  }

  @Test
  void aTableThatIsGoneIsNotStartedOver() {
    Program.Result result = drain("--table", directory.resolve("other/events").toString());

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.lastError())
        .startsWith("error: checkpoint %s/cp has finished batches up to 3".formatted(directory));
  }

  @Test
  void aCheckpointInUseIsLeftAlone() throws Exception {
    try (FileChannel lock =
        FileChannel.open(directory.resolve("cp/.lock"), StandardOpenOption.WRITE)) {
      assertThat(lock.lock().isValid()).isTrue();

      Program.Result result = drain();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.lastError())
          .startsWith("error: checkpoint %s/cp is in use by another sink".formatted(directory));
    }
  }

  private static Program.Result drain(String... more) {
    return Program.run(Stack.args("drain", TOPIC, directory, more));
  }

  private static String events() {
    return directory.resolve("events").toString();
  }

  private static String deadLetters() {
    return directory.resolve("dead_letters").toString();
  }
}
