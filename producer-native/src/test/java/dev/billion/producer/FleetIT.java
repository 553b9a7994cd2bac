// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.collection;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.local.LocalStack;
import dev.billion.producer.control.Course;
import dev.billion.producer.control.FleetTopics;
import dev.billion.producer.control.Sequences;
import dev.billion.producer.pacing.Profile;
import dev.billion.producer.pacing.Rate;
import dev.billion.producer.pacing.Schedule;
import dev.billion.producer.run.Run;
import dev.billion.schemas.EventId;
import dev.billion.schemas.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several emitters that share a run, as processes that come, go and die. */
class FleetIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration GRACE = Duration.ofSeconds(60); // terminationGracePeriodSeconds
  private static final int SHARDS = 16;
  private static LocalStack stack;
  private static Admin admin;

  private final List<EmitterProcess> members = new ArrayList<>();

  @BeforeAll
  static void makeTopics() {
    stack =
        SharedStack.with(
            6,
            "shared",
            "killed",
            "frozen",
            "frozen-for-longer",
            "timed",
            "fenced",
            "steered",
            "repeated",
            "restarted",
            "unreachable",
            "misled",
            "forgotten",
            "forgotten-for-good");
    admin = stack.broker().admin();
  }

  @AfterAll
  static void closeAdmin() {
    admin.close();
  }

  @AfterEach
  void endMembers() {
    members.forEach(EmitterProcess::kill);
  }

  @Test
  void membersShareTheRunWhoeverComesAndGoes() throws Exception {
    // Given
    EmitterProcess first = join("shared", 100_000, "4k");
    awaitCommitted("shared", 2_000);

    // When
    EmitterProcess second = join("shared", 1, "1");
    awaitShardsOfMembers("shared", 8, 8);
    long before = committed("shared");
    first.terminate();

    // Then
    assertThat(first.awaitExit()).isZero();
    assertThat(first.summary().get("records").asLong()).isPositive();
    awaitShardsOfMembers("shared", SHARDS);
    Fleets.setRate(stack, "shared", "50k");
    assertThat(second.awaitExit()).isZero();
    assertThat(before).isLessThan(100_000);
    assertThat(first.stderr()).noneMatch(line -> line.startsWith("\tat "));
    assertThat(second.stderr()).noneMatch(line -> line.startsWith("\tat "));
    assertThat(first.summary().get("records").asLong() + second.summary().get("records").asLong())
        .isEqualTo(100_000);
    assertThat(second.summary().get("next_sequences"))
        .hasSize(SHARDS)
        .allMatch(next -> next.asLong() == 100_000 / SHARDS);
    assertEachEventOnce("shared", 100_000);
  }

  @Test
  void whatAKilledMemberLeftOpenIsUndoneAndDoneAgainByOthers() throws Exception {
    // Given
    EmitterProcess victim = join("killed", 160_000, "20k");
    EmitterProcess heir = join("killed", 160_000, "20k");
    awaitShardsOfMembers("killed", 8, 8);
    awaitCommitted("killed", 40_000);

    // When
    victim.kill();

    // Then
    assertThat(heir.awaitExit()).isZero();
    assertEachEventOnce("killed", 160_000);
  }

  @ParameterizedTest
  @CsvSource({
    // by the group, to which it is no member any more, or by the member, if it hears of that first
    "frozen, 60s, ONGOING, .*(consumer group|given to other members).*",
    // by the coordinator of transactions, which has ended the one that it had open: whatever the
    // member asks for first, more records, the sequences to be kept, or the commit itself
    "frozen-for-longer, 3s, COMPLETE_ABORT, .*(old epoch|newer producer|invalid state|given to other members).*"
  })
  void aFrozenMembersCommitIsRefusedAndNoRecordOfItsTransactionIsEverRead(
      String topic, String transactionTimeout, TransactionState onWaking, String refusal)
      throws Exception {
    // Given
    Map<String, String> timeouts = new HashMap<>(SharedStack.SHORT_TIMEOUTS);
    timeouts.put("EMITTER_FLEET_TRANSACTION_TIMEOUT", transactionTimeout);
    EmitterProcess zombie = join(timeouts, topic, 400_000, "20k");
    awaitCommitted(topic, 1);
    String transactionalId = Transactions.onlyId(admin, topic);
    EmitterProcess heir = join(timeouts, topic, 400_000, "20k");
    Map<TopicPartition, Long> open = freezeInTransaction(zombie, topic, transactionalId);

    // When
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(Transactions.describe(admin, transactionalId).state())
                    .isEqualTo(onWaking));
    zombie.wake();

    // Then
    assertThat(heir.awaitExit()).isZero();
    assertThat(zombie.awaitExit()).isZero();
    assertThat(zombie.stderr()).anyMatch(line -> line.matches("rolled back: " + refusal));
    assertEachEventOnce(topic, 400_000);
    assertThat(recordsAt(open, topic, "read_uncommitted")).hasSize(open.size());
    assertThat(recordsAt(open, topic, "read_committed")).isEmpty();
  }

  @Test
  void aDurationEndsTheRunForAllMembersAtItsCount() throws Exception {
    // Given
    Map<String, String> lead = new HashMap<>(SharedStack.SHORT_TIMEOUTS);
    lead.put("EMITTER_FLEET_LEAD", "5s");

    // When
    EmitterProcess one = join(lead, "timed", Long.MAX_VALUE, "4k", "--duration", "10s");
    EmitterProcess other = join(lead, "timed", Long.MAX_VALUE, "4k", "--duration", "10s");

    // Then
    assertThat(one.awaitExit()).isZero();
    assertThat(other.awaitExit()).isZero();
    assertThat(course("timed").status()).isEqualTo(Course.Status.DONE);
    long ofOne = one.summary().get("records").asLong();
    long ofOther = other.summary().get("records").asLong();
    assertThat(ofOne).isPositive();
    assertThat(ofOther).isPositive();
    assertThat(ofOne + ofOther).isEqualTo(40_000);
    assertEachEventOnce("timed", 40_000);
  }

  @Test
  void aBrokerThatWasAwayForLongerThanATransactionMayLastCostsNothing() throws Exception {
    // Given
    EmitterProcess one = join("restarted", 160_000, "20k");
    EmitterProcess other = join("restarted", 160_000, "20k");
    awaitCommitted("restarted", 40_000);

    // When
    SharedStack.withoutBroker(
        () -> await().pollDelay(TRANSACTION_TIMEOUT.plusSeconds(2)).atMost(SOON).until(() -> true));

    // Then
    assertThat(one.awaitExit()).isZero();
    assertThat(other.awaitExit()).isZero();
    assertEachEventOnce("restarted", 160_000);
  }

  @Test
  void aMemberThatIsToldToEndWhileTheBrokerIsAwayEndsBeforeItIsKilled() throws Exception {
    // Given
    EmitterProcess member = join("unreachable", Long.MAX_VALUE, "5k");
    awaitCommitted("unreachable", 5_000);

    // When
    SharedStack.withoutBroker(
        () -> {
          member.terminate();

          // Then
          assertThat(member.awaitExit(GRACE)).isOne();
        });
    assertThat(member.stderr())
        .anyMatch(line -> line.matches("error: \\d+ records not acknowledged within 30 s"));
  }

  @Test
  void aMemberThatRollsBackAgainAndAgainIsNotReadyAndTellsWhyUntilItCommits() throws Exception {
    // Given
    Map<String, String> environment =
        Map.of("EMITTER_FLEET_COMMIT_INTERVAL", "2s", "EMITTER_STALL_TIMEOUT", "5s");
    try (MeasuredEmitter member =
        MeasuredEmitter.start("fenced", environment, "--fleet", "--rate=1000")) {
      member.awaitSent(1000);
      String transactionalId = Transactions.onlyId(admin, "fenced");

      // When
      member.await(
          () -> {
            admin.fenceProducers(List.of(transactionalId)).all().get(); // before it can commit

            // Then
            assertThat(member.readiness()).contains("\"status\": \"DOWN\"", "\"setback\": ");
          });
      member.await(
          () ->
              assertThat(member.readiness())
                  .contains("\"status\": \"UP\"")
                  .doesNotContain("\"status\": \"DOWN\"", "\"setback\": "));
      assertThat(member.process().stderr())
          .filteredOn(line -> line.startsWith("rolled back: "))
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void everyMemberObeysTheControlTopic() throws Exception {
    // Given
    EmitterProcess early = startControl("nobodys", "pause");
    EmitterProcess member = join("steered", Long.MAX_VALUE, "1000");
    assertThat(early.awaitExit()).isEqualTo(1);
    assertThat(early.stderr())
        .containsExactly(
            "error: no run is open on topic 'nobodys': start one with 'produce --fleet'");
    awaitCommitted("steered", 1);

    // When
    control("steered", "rate", "8k");
    EmitterProcess stranger = join("steered", 1, "1", "--run", "1");
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
    EmitterProcess profile = startControl("steered", "profile", "ramp:over=1s,from=0.5");
    EmitterProcess resume = startControl("steered", "resume");
    assertThat(profile.awaitExit()).as(() -> String.join("\n", profile.stderr())).isZero();
    assertThat(resume.awaitExit()).as(() -> String.join("\n", resume.stderr())).isZero();
    awaitCommitted("steered", paused + 8000);
    control("steered", "stop");

    // Then
    assertThat(member.awaitExit()).isZero();
    JsonNode status = status("steered");
    assertThat(status.get("status").asText()).isEqualTo("stopped");
    assertThat(status.get("profile").asText()).startsWith("ramp:");
    assertThat(status.get("members")).isEmpty();
    assertThat(member.summary().get("records").asLong())
        .isEqualTo(status.get("committed").asLong());
    assertEachEventOnce("steered", status.get("committed").asInt());
  }

  @Test
  void aForeignRecordInTheControlTopicIsToldInOneLineAndChangesNothing() throws Exception {
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
    awaitCommitted("misled", committed("misled") + 1000);
    EmitterProcess stop = startControl("misled", "stop");

    // Then
    assertThat(stop.awaitExit()).isZero();
    assertThat(member.awaitExit()).isZero();
    for (EmitterProcess told : List.of(member, stop)) {
      assertThat(told.stderr())
          .filteredOn(line -> !line.startsWith("{"))
          .singleElement()
          .asString()
          .matches(
              "left out: the record at offset \\d+ of topic 'misled-control' is not a fleet's course");
    }
    assertEachEventOnce("misled", member.summary().get("records").asInt());
  }

  @Test
  void atLeastOnceLosesNothingWhenAMemberIsKilled() throws Exception {
    // Given
    EmitterProcess victim = join("repeated", 100_000, "20k", "--delivery", "at-least-once");
    awaitCommitted("repeated", 20_000);

    // When
    victim.kill();
    EmitterProcess heir = join("repeated", 100_000, "20k", "--delivery", "at-least-once");

    // Then
    assertThat(heir.awaitExit()).isZero();
    Set<EventId> found = new HashSet<>(events("repeated"));
    assertThat(found.size()).isEqualTo(100_000);
  }

  @Test
  void aRunThatNobodyHasJoinedYetHasAStatus() throws Exception {
    // Given
    Run run = open("unjoined", 1_000);

    // When
    JsonNode status = status("unjoined");

    // Then
    assertThat(status.get("run").asText()).isEqualTo(run.name());
    assertThat(status.get("committed").asLong()).isZero();
    assertThat(status.get("next_sequences")).hasSize(SHARDS);
    assertThat(status.get("members")).isEmpty();
  }

  @Test
  void shardsThatTheGroupHasForgottenAreNotBegunAnew() throws Exception {
    // Given
    Run run = open("forgotten", 100 * SHARDS);
    String group = FleetTopics.group("forgotten", run.name());
    admin.deleteConsumerGroups(List.of(group)).all().get();

    // When
    EmitterProcess member = join("forgotten", 1, "1");
    awaitShardsOfMembers("forgotten", SHARDS);
    await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> events("forgotten").isEmpty());
    remember(group, FleetTopics.shards("forgotten", SHARDS), 40);

    // Then
    assertThat(member.awaitExit()).isZero();
    assertThat(events("forgotten"))
        .hasSize(60 * SHARDS)
        .doesNotHaveDuplicates()
        .allMatch(event -> event.sequence() >= 40);
  }

  @Test
  void aMemberEndsWhenTheGroupHasForgottenItsShardsForGood() throws Exception {
    // Given
    Run run = open("forgotten-for-good", 100 * SHARDS);
    String group = FleetTopics.group("forgotten-for-good", run.name());
    admin.deleteConsumerGroups(List.of(group)).all().get();

    // When
    EmitterProcess member =
        join(Map.of("EMITTER_FLEET_SEQUENCES_TIMEOUT", "2s"), "forgotten-for-good", 1, "1");

    // Then
    assertThat(member.awaitExit()).isEqualTo(1);
    assertThat(member.stderr())
        .last()
        .asString()
        .contains("group '%s' has no sequence of some shards".formatted(group));
    assertThat(events("forgotten-for-good")).isEmpty();
  }

  private EmitterProcess join(String topic, long records, String rate, String... more) {
    return join(SharedStack.SHORT_TIMEOUTS, topic, records, rate, more);
  }

  private EmitterProcess join(
      Map<String, String> environment, String topic, long records, String rate, String... more) {
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
    EmitterProcess member = EmitterProcess.start(stack, environment, flags.toArray(String[]::new));
    members.add(member);
    return member;
  }

  /** Opens a run all of which is due, as its first member does. */
  private static Run open(String topic, long records) throws InterruptedException {
    Run run = new Run(7, 1, SHARDS, records, 1_000);
    FleetTopics.createControl(admin, topic);
    Sequences.begin(admin, topic, run);
    Course opened =
        new Course(
            run,
            Schedule.of(Rate.parse("4k"), Profile.parse("constant")),
            Optional.empty(),
            Course.Status.OPEN);
    Fleets.log(stack, topic).update(none -> Optional.of(opened));
    return run;
  }

  /** Has a group that has members know of each shard how far it is. */
  private static void remember(String group, String shards, long sequence) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", stack.bootstrap(), "transactional.id", "remember-" + shards);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.sendOffsetsToTransaction(
          IntStream.range(0, SHARDS)
              .boxed()
              .collect(
                  Collectors.toMap(
                      shard -> new TopicPartition(shards, shard),
                      shard -> new OffsetAndMetadata(sequence))),
          new ConsumerGroupMetadata(group));
      producer.commitTransaction();
    }
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

  private static void awaitShardsOfMembers(String topic, Integer... shards) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(Fleets.shardsOfMembers(admin, topic, course(topic).run().name()))
                    .containsExactly(shards));
  }

  private static long committed(String topic) throws Exception {
    return Sequences.committed(admin, topic, course(topic).run()).sum();
  }

  /**
   * Freezes one of two members while records of its transaction are in the topic and no commit of
   * it is on its way, until the other one has all shards.
   *
   * @return where the transaction begins in each partition that it has records in
   */
  private static Map<TopicPartition, Long> freezeInTransaction(
      EmitterProcess member, String topic, String transactionalId) throws Exception {
    while (true) {
      awaitShardsOfMembers(topic, 8, 8);
      member.freeze();
      Map<TopicPartition, Long> open =
          Transactions.firstOffsets(
              admin, topic, Transactions.describe(admin, transactionalId).producerId());
      awaitShardsOfMembers(topic, SHARDS);
      if (!open.isEmpty()
          && Transactions.describe(admin, transactionalId).state()
              != TransactionState.COMPLETE_COMMIT) {
        return open;
      }
      member.wake();
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> recordsAt(
      Map<TopicPartition, Long> offsets, String topic, String isolation) {
    return TopicReader.readAll(stack.bootstrap(), topic, isolation).stream()
        .filter(
            record ->
                Long.valueOf(record.offset())
                    .equals(offsets.get(new TopicPartition(topic, record.partition()))))
        .toList();
  }

  private static Course course(String topic) {
    assertThat(admin.listTopics().names().toCompletionStage().toCompletableFuture())
        .succeedsWithin(SOON)
        .asInstanceOf(collection(String.class))
        .contains(topic + "-control");
    return Fleets.log(stack, topic).read().orElseThrow(() -> new AssertionError("no course yet"));
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
    await().atMost(SOON).untilAsserted(() -> assertThat(Transactions.open(admin, topic)).isEmpty());
    List<EventId> found = events(topic);
    assertThat(found.size()).isEqualTo(records);
    Set<EventId> distinct = new HashSet<>(found);
    assertThat(distinct.size()).isEqualTo(records);
    long[] next = new long[SHARDS];
    distinct.forEach(id -> next[id.shard()] = Math.max(next[id.shard()], id.sequence() + 1));
    assertThat(Arrays.stream(next).sum()).isEqualTo(records);
  }
}
