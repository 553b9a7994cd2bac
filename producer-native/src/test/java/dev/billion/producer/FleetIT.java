// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.collection;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import dev.billion.producer.control.ControlLog;
import dev.billion.producer.control.Course;
import dev.billion.producer.control.FleetTopics;
import dev.billion.producer.control.Sequences;
import dev.billion.schemas.EventId;
import dev.billion.schemas.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several emitters that share a run, as processes that come, go and die. */
class FleetIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);
  private static final int SHARDS = 16;
  private static LocalStack stack;
  private static Admin admin;

  private final List<EmitterProcess> members = new ArrayList<>();

  @BeforeAll
  static void startStack() {
    LocalStack.Builder builder = LocalStack.builder();
    for (String topic :
        List.of("shared", "killed", "frozen", "steered", "repeated", "restarted", "misled")) {
      builder.topic(Topic.of(topic, 6)).topic(Topic.of(topic + "-dead-letters", 1));
    }
    stack = builder.start();
    admin = stack.broker().admin();
  }

  @AfterAll
  static void stopStack() {
    admin.close();
    stack.close();
  }

  @AfterEach
  void endMembers() {
    members.forEach(EmitterProcess::kill);
  }

  @Test
  void membersShareTheRunWhoeverComesAndGoes() throws Exception {
    // Given
    EmitterProcess first = join("shared", 400_000, "20k");
    awaitCommitted("shared", 20_000);

    // When
    EmitterProcess second = join("shared", 1, "1");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(shardsOfMembers("shared")).containsExactly(8, 8));
    long before = committed("shared");
    first.terminate();

    // Then
    assertThat(first.awaitExit()).isZero();
    assertThat(first.summary().get("records").asLong()).isPositive();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(shardsOfMembers("shared")).containsExactly(SHARDS));
    assertThat(second.awaitExit()).isZero();
    assertThat(before).isLessThan(400_000);
    assertThat(first.stderr()).noneMatch(line -> line.startsWith("\tat "));
    assertThat(second.stderr()).noneMatch(line -> line.startsWith("\tat "));
    assertThat(first.summary().get("records").asLong() + second.summary().get("records").asLong())
        .isEqualTo(400_000);
    assertThat(second.summary().get("next_sequences"))
        .hasSize(SHARDS)
        .allMatch(next -> next.asLong() == 400_000 / SHARDS);
    assertEachEventOnce("shared", 400_000);
  }

  @Test
  void whatAKilledMemberLeftOpenIsUndoneAndDoneAgainByOthers() throws Exception {
    // Given
    EmitterProcess victim = join("killed", 400_000, "20k");
    EmitterProcess heir = join("killed", 400_000, "20k");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(shardsOfMembers("killed")).containsExactly(8, 8));
    awaitCommitted("killed", 50_000);

    // When
    victim.kill();

    // Then
    assertThat(heir.awaitExit()).isZero();
    assertEachEventOnce("killed", 400_000);
  }

  @Test
  void aMemberThatWasFrozenForTooLongCommitsNothingMoreOfWhatItHeld() throws Exception {
    // Given
    EmitterProcess zombie = join("frozen", 600_000, "20k");
    EmitterProcess heir = join("frozen", 600_000, "20k");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(shardsOfMembers("frozen")).containsExactly(8, 8));
    awaitCommitted("frozen", 50_000);

    // When
    zombie.freeze();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(shardsOfMembers("frozen")).containsExactly(SHARDS));
    zombie.wake();

    // Then
    assertThat(heir.awaitExit()).isZero();
    assertThat(zombie.awaitExit()).isZero();
    assertThat(zombie.stderr()).anyMatch(line -> line.startsWith("rolled back: "));
    assertEachEventOnce("frozen", 600_000);
  }

  @Test
  void aBrokerThatWasAwayForLongerThanATransactionMayLastCostsNothing() throws Exception {
    // Given
    EmitterProcess one = join("restarted", 400_000, "20k");
    EmitterProcess other = join("restarted", 400_000, "20k");
    awaitCommitted("restarted", 50_000);

    // When
    stack.broker().kill();
    await().pollDelay(TRANSACTION_TIMEOUT.plusSeconds(2)).atMost(SOON).until(() -> true);
    stack.broker().start();

    // Then
    assertThat(one.awaitExit()).isZero();
    assertThat(other.awaitExit()).isZero();
    assertEachEventOnce("restarted", 400_000);
  }

  @Test
  void everyMemberObeysTheControlTopic() throws Exception {
    // Given
    EmitterProcess early = startControl("steered", "pause");
    assertThat(early.awaitExit()).isEqualTo(1);
    assertThat(early.stderr())
        .containsExactly(
            "error: no run is open on topic 'steered': start one with 'produce --fleet'");
    EmitterProcess member = join("steered", Long.MAX_VALUE, "1000");
    awaitCommitted("steered", 1);

    // When
    control("steered", "rate", "8k");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode status = status("steered");
              assertThat(status.get("records_per_second").asLong()).isBetween(7000L, 9000L);
              assertThat(status.get("members"))
                  .singleElement()
                  .satisfies(
                      only -> {
                        assertThat(only.get("shards")).hasSize(SHARDS);
                        assertThat(only.get("records_per_second"))
                            .isEqualTo(status.get("records_per_second"));
                      });
            });
    EmitterProcess stranger = join("steered", 1, "1", "--run", "1");
    assertThat(stranger.awaitExit()).isEqualTo(1);
    assertThat(stranger.stderr())
        .singleElement()
        .asString()
        .matches(
            "error: run [0-9a-f]{12} is open on topic 'steered': leave --run out to join it.*");
    control("steered", "pause");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(status("steered").get("records_per_second").asLong()).isZero());
    long paused = committed("steered");
    control("steered", "profile", "ramp:over=1s,from=0.5");
    control("steered", "resume");
    awaitCommitted("steered", paused + 8000);
    control("steered", "stop");

    // Then
    assertThat(member.awaitExit()).isZero();
    JsonNode status = status("steered");
    assertThat(status.get("status").asText()).isEqualTo("stopped");
    assertThat(status.get("members")).isEmpty();
    assertThat(member.summary().get("records").asLong())
        .isEqualTo(status.get("committed").asLong());
    assertEachEventOnce("steered", status.get("committed").asInt());
  }

  @Test
  void aForeignRecordInTheControlTopicEndsTheMemberInOneLine() throws Exception {
    // Given
    EmitterProcess member = join("misled", Long.MAX_VALUE, "1000");
    awaitCommitted("misled", 1);

    // When
    try (Producer<byte[], byte[]> foreign =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      foreign
          .send(new ProducerRecord<>("misled-control", "course".getBytes(UTF_8), new byte[] {1}))
          .get();
    }

    // Then
    assertThat(member.awaitExit()).isEqualTo(1);
    assertThat(member.stderr()).noneMatch(line -> line.startsWith("\tat "));
    assertThat(member.stderr())
        .filteredOn(line -> line.startsWith("error: "))
        .singleElement()
        .asString()
        .matches(".*: the record at offset \\d+ of topic 'misled-control' is not a fleet's course");
  }

  @Test
  void atLeastOnceLosesNothingWhenAMemberIsKilled() throws Exception {
    // Given
    EmitterProcess victim = join("repeated", 200_000, "20k", "--delivery", "at-least-once");
    awaitCommitted("repeated", 20_000);

    // When
    victim.kill();
    EmitterProcess heir = join("repeated", 200_000, "20k", "--delivery", "at-least-once");

    // Then
    assertThat(heir.awaitExit()).isZero();
    Set<EventId> found = new HashSet<>(events("repeated"));
    assertThat(found.size()).isEqualTo(200_000);
  }

  private EmitterProcess join(String topic, long records, String rate, String... more) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--fleet",
                "--bootstrap",
                stack.bootstrap(),
                "--registry",
                stack.registryUrl(),
                "--topic",
                topic,
                "--shards",
                Integer.toString(SHARDS),
                "--rate",
                rate,
                "--http-port",
                "0",
                "--json"));
    if (records != Long.MAX_VALUE) {
      flags.addAll(List.of("--records", Long.toString(records)));
    }
    flags.addAll(Arrays.asList(more));
    EmitterProcess member = EmitterProcess.start(stack, flags.toArray(String[]::new));
    members.add(member);
    return member;
  }

  private static void control(String topic, String... command) {
    EmitterProcess control = startControl(topic, command);
    assertThat(control.awaitExit()).as(() -> String.join("\n", control.stderr())).isZero();
  }

  private static JsonNode status(String topic) throws IOException {
    EmitterProcess status = startControl(topic, "status", "--json");
    assertThat(status.awaitExit()).as(() -> String.join("\n", status.stderr())).isZero();
    return status.summary();
  }

  private static EmitterProcess startControl(String topic, String... command) {
    List<String> flags = new ArrayList<>(List.of("control"));
    flags.addAll(Arrays.asList(command));
    flags.addAll(List.of("--bootstrap", stack.bootstrap(), "--topic", topic));
    return EmitterProcess.start(stack, flags.toArray(String[]::new));
  }

  private static List<Integer> shardsOfMembers(String topic) throws Exception {
    String group = FleetTopics.group(topic, course(topic).run().name());
    return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
        .map(member -> member.assignment().topicPartitions().size())
        .toList();
  }

  private static long committed(String topic) throws Exception {
    return Sequences.committed(admin, topic, course(topic).run()).sum();
  }

  private static Collection<TransactionListing> openTransactions(String topic) throws Exception {
    return admin.listTransactions().all().get().stream()
        .filter(transaction -> transaction.transactionalId().startsWith(topic))
        .filter(transaction -> transaction.state() == TransactionState.ONGOING)
        .toList();
  }

  private static Course course(String topic) {
    assertThat(admin.listTopics().names().toCompletionStage().toCompletableFuture())
        .succeedsWithin(SOON)
        .asInstanceOf(collection(String.class))
        .contains(topic + "-control");
    return new ControlLog(Map.of("bootstrap.servers", stack.bootstrap()), topic)
        .read()
        .orElseThrow(() -> new AssertionError("no course yet"));
  }

  private static void awaitCommitted(String topic, long records) {
    await()
        .ignoreNoExceptions()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(committed(topic)).isGreaterThanOrEqualTo(records));
  }

  private static List<EventId> events(String topic) {
    return TopicReader.readAll(stack.bootstrap(), topic).stream()
        .map(record -> EventId.read(record.value(), WireFormat.HEADER_BYTES))
        .toList();
  }

  private static void assertEachEventOnce(String topic, int records) {
    // a reader sees no further than the transaction that a killed member left open, until that ends
    await().atMost(SOON).untilAsserted(() -> assertThat(openTransactions(topic)).isEmpty());
    List<EventId> found = events(topic);
    assertThat(found.size()).isEqualTo(records);
    Set<EventId> distinct = new HashSet<>(found);
    assertThat(distinct.size()).isEqualTo(records);
    long[] next = new long[SHARDS];
    distinct.forEach(id -> next[id.shard()] = Math.max(next[id.shard()], id.sequence() + 1));
    assertThat(Arrays.stream(next).sum()).isEqualTo(records);
  }
}
