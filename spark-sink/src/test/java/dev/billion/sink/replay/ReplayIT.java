// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.testing.ChildSink;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.HttpRegistry;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Stack;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {

  private static final String TOPIC = "replay";
  private static final String LARGE = "replay-large";
  private static final int LARGE_VALUES = 40;
  private static final int KNOWN = 1;
  private static final int LATER = 2;
  private static final int EVENTS = 8_000;
  private static final byte[] GARBAGE = {9, 8, 7};

  @TempDir private Path directory;

  private final HttpRegistry registry = new HttpRegistry();

  @AfterEach
  void closeRegistry() {
    registry.close();
  }

  @Test
  void deadLettersBecomeEventsOnceAfterAFix() throws Exception {
    // Given: every second event is of a schema that the registry does not know yet
    Stack.createTopic(TOPIC, 2);
    registry.put(KNOWN, UserEvent.getClassSchema());
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      values.add(Events.value(i % 4 < 2 ? KNOWN : LATER, Events.event(1, 0, i)));
    }
    values.add(GARBAGE);
    values.add(null);
    Stack.send(TOPIC, values);
    assertThat(drain()).startsWith("{\"events\":4000,\"dead_letters\":4002,");
    assertThat(replay("--dry-run", "--partition", "1"))
        .isEqualTo(
            "{\"replayed\":0,\"left\":2001,\"before\":0,\"by_reason\":{\"NULL_VALUE\":1,\"UNKNOWN_SCHEMA_ID\":2000}}");

    // When: the registry learns it, and the first replay is killed in the middle
    registry.put(LATER, UserEvent.getClassSchema());
    List<String> args = new ArrayList<>(args("--reason", "unknown_schema_id"));
    try (ChildSink child = new ChildSink(directory, args)) {
      await()
          .atMost(Duration.ofSeconds(90))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> replayed() > 0 || !child.isAlive());
    }
    assertThat(Program.run(args).exit()).isZero();

    // Then
    assertThat(replay("--reason", "unknown_schema_id"))
        .isEqualTo("{\"replayed\":0,\"left\":0,\"before\":4000,\"by_reason\":{}}");
    List<ConsumerRecord<byte[], byte[]>> sent = sent(TOPIC, 2);
    assertThat(sent).hasSize(4_000);
    assertThat(
            sent.stream()
                .map(record -> header(record, "dead-letter-offset") + "-" + record.partition()))
        .doesNotHaveDuplicates();
    assertThat(sent)
        .allSatisfy(
            record -> {
              int offset = Integer.parseInt(header(record, "dead-letter-offset"));
              assertThat(record.value()).isEqualTo(values.get(2 * offset + record.partition()));
              assertThat(header(record, "dead-letter-partition"))
                  .isEqualTo(Integer.toString(record.partition()));
              assertThat(header(record, "dead-letter-topic")).isEqualTo(TOPIC);
              assertThat(header(record, "dead-letter-reason")).isEqualTo("UNKNOWN_SCHEMA_ID");
            });
    assertThat(drain()).startsWith("{\"events\":4000,\"dead_letters\":0,");
    assertThat(verify()).contains("\"records\":8000,\"missing\":0,\"duplicates\":0,");

    // what is still no event becomes a dead letter of its new offset, with the same bytes
    assertThat(replay())
        .isEqualTo(
            "{\"replayed\":2,\"left\":0,\"before\":4000,\"by_reason\":{\"BAD_MAGIC\":1,\"NULL_VALUE\":1}}");
    assertThat(
            sent(TOPIC, 2).stream()
                .filter(record -> !header(record, "dead-letter-reason").startsWith("UNKNOWN"))
                .map(ConsumerRecord::value))
        .containsExactlyInAnyOrder(GARBAGE, null);
    assertThat(drain()).startsWith("{\"events\":0,\"dead_letters\":2,");
  }

  @Test
  void moreThanComesHereAtOnceIsSentInOrder() throws Exception {
    // Given: values that do not compress, and files that do not follow each other
    Stack.createTopic(LARGE, 1);
    String table = directory.resolve("large").toString();
    Random random = new Random(1);
    List<byte[]> values = new ArrayList<>();
    try (SparkSession spark = SparkSessions.open(null)) {
      SinkTable deadLetters = new SinkTable(spark, table, TableLayout.DEAD_LETTERS);
      deadLetters.createIfAbsent();
      List<List<Row>> files = List.of(new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < LARGE_VALUES; i++) {
        byte[] value = new byte[500_000];
        random.nextBytes(value);
        values.add(value);
        files.get(i % 2).add(deadLetter(i, value));
      }
      files.forEach(deadLetters::add);
      assertThat(deadLetters.bytes()).isGreaterThan(16 << 20);
    }

    // When
    Program.Result replayed =
        Program.run(
            List.of(
                "replay-dead-letters",
                "--json",
                "--topic",
                LARGE,
                "--bootstrap",
                Stack.running().bootstrap(),
                "--transaction",
                "7",
                "--dead-letters",
                table));

    // Then
    assertThat(replayed.err()).isEmpty();
    assertThat(replayed.out().get(0)).startsWith("{\"replayed\":%d,".formatted(LARGE_VALUES));
    assertThat(sent(LARGE, 1).stream().map(ConsumerRecord::value))
        .containsExactlyElementsOf(values);
  }

  private static Row deadLetter(long offset, byte[] value) {
    return RowFactory.create(
        "origin", 0, offset, Timestamp.from(Events.START), "NOT_DECODABLE", null, null, value);
  }

  /** What a reader of committed records finds of what was replayed, by partition and offset. */
  private static List<ConsumerRecord<byte[], byte[]>> sent(String topic, int partitions)
      throws Exception {
    Map<TopicPartition, Long> ends = Stack.ends(topic, partitions);
    List<ConsumerRecord<byte[], byte[]>> sent = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                Stack.running().bootstrap(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record -> {
                  if (record.headers().lastHeader("dead-letter-offset") != null) {
                    sent.add(record);
                  }
                });
      }
    }
    return sent;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private String drain() {
    Program.Result result =
        Program.run(
            Stack.args(
                "drain", TOPIC, directory, "--registry", registry.config().url().toString()));
    assertThat(result.err()).noneMatch(line -> line.startsWith("error"));
    return result.out().get(0);
  }

  private String verify() throws Exception {
    return Program.verify(directory + "/events", directory, EVENTS).out().get(0);
  }

  private String replay(String... more) {
    Program.Result result = Program.run(args(more));
    assertThat(result.err()).noneMatch(line -> line.startsWith("error"));
    assertThat(result.exit()).isZero();
    return result.out().get(0);
  }

  private List<String> args(String... more) {
    List<String> args = new ArrayList<>(List.of("replay-dead-letters", "--json", "--topic", TOPIC));
    args.addAll(List.of("--bootstrap", Stack.running().bootstrap(), "--transaction", "50"));
    args.addAll(List.of("--table", directory + "/events"));
    args.addAll(List.of(more));
    return args;
  }

  /** The end of the topic that remembers, 0 while there is none. */
  private static long replayed() throws Exception {
    String memory = TOPIC + "-replayed";
    return Stack.exists(memory) ? Stack.ends(memory, 1).get(new TopicPartition(memory, 0)) : 0;
  }
}
