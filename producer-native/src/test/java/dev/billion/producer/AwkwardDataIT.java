// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billion.local.LocalStack;
import dev.billion.producer.event.Awkward;
import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventEncoder;
import dev.billion.producer.event.EventSchemas;
import dev.billion.producer.event.EventSource;
import dev.billion.producer.event.Keys;
import dev.billion.producer.event.Lateness;
import dev.billion.producer.event.Poison;
import dev.billion.producer.event.SchemaMix;
import dev.billion.producer.event.Share;
import dev.billion.producer.run.Run;
import dev.billion.schemas.EventId;
import dev.billion.schemas.WireFormat;
import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Late events, poison, keys and a mix of schemas, from the packaged emitter on a real broker. */
class AwkwardDataIT {

  private static final int RECORDS = 30_000;
  private static final int POISON = 30;
  private static final int SHARDS = 16;
  private static final long RUN_ID = 1_750_000_000_000L;
  private static final List<String> AWKWARD = awkward(Keys.SESSION);
  private static LocalStack stack;

  @BeforeAll
  static void makeTopics() {
    stack =
        SharedStack.with(
            6,
            "awkward-alone",
            "awkward-none",
            "awkward-user",
            "awkward-exactly-once",
            "awkward-at-least-once",
            "awkward-older",
            "awkward-foreign");
  }

  @Test
  void everyRecordIsWhereAndAsTheRunSaysAndPoisonIsBesideTheEvents() throws Exception {
    // When
    EmitterProcess emitter = start("awkward-alone", List.of("--rate=max"), AWKWARD);

    // Then
    assertThat(emitter.awaitExit()).as(() -> String.join("\n", emitter.stderr())).isZero();
    assertAllIsThere("awkward-alone", List.of(emitter));
  }

  @ParameterizedTest
  @CsvSource({"exactly-once", "at-least-once"})
  void aFleetAgreesOnWhatItsFirstMemberAskedFor(String delivery) throws Exception {
    // Given
    String topic = "awkward-" + delivery;
    List<String> flags = List.of("--fleet", "--delivery=" + delivery, "--rate=1");
    EmitterProcess first = start(topic, flags, AWKWARD);
    awaitShardsOfMembers(topic, SHARDS);
    EmitterProcess second = start(topic, flags, List.of("--poison=100%", "--keys=user"));
    awaitShardsOfMembers(topic, SHARDS / 2, SHARDS / 2);

    // When
    Fleets.setRate(stack, topic, "20k");

    // Then
    assertThat(first.awaitExit()).as(() -> String.join("\n", first.stderr())).isZero();
    assertThat(second.awaitExit()).as(() -> String.join("\n", second.stderr())).isZero();
    assertThat(second.summary().get("records").asLong()).isPositive();
    assertAllIsThere(topic, List.of(first, second));
  }

  @ParameterizedTest
  @EnumSource(
      value = Keys.class,
      names = {"NONE", "USER"})
  void keysAreWhatIsAskedFor(Keys keys) throws Exception {
    // When
    String topic = "awkward-" + keys;
    EmitterProcess emitter = start(topic, List.of("--rate=max"), awkward(keys));

    // Then
    assertThat(emitter.awaitExit()).as(() -> String.join("\n", emitter.stderr())).isZero();
    assertThat(emitter.summary().get("poison").asInt()).isEqualTo(POISON);
    assertThat(texts(read(topic))).isEqualTo(expected(awkwardRun(keys), ids(topic, 2)));
  }

  @Test
  void aVersionTheSubjectForbidsIsToldAtTheStart() {
    // Given: a field of v2's name that v2 cannot read
    String first = EventSchemas.version(1).toString();
    Schema other =
        new Schema.Parser()
            .parse(
                first.substring(0, first.lastIndexOf(']'))
                    + ",{\"name\":\"app_version\",\"type\":\"long\",\"default\":0}]}");
    registry().register("awkward-older-value", EventSchemas.version(1));
    registry().register("awkward-older-value", other);

    // When
    EmitterProcess emitter = start("awkward-older", List.of("--rate=max"), AWKWARD);

    // Then
    assertThat(emitter.awaitExit()).isEqualTo(1);
    assertThat(emitter.stderr()).hasSize(1);
    assertThat(emitter.stderr().get(0))
        .startsWith("error: schema is not compatible with subject 'awkward-older-value'");
  }

  @Test
  void aSerializerThatCannotMakePoisonIsNamed() {
    // When
    EmitterProcess emitter =
        EmitterProcess.start(
            stack,
            Map.of(
                "MP_MESSAGING_OUTGOING_USER_EVENTS_VALUE_SERIALIZER",
                "org.apache.kafka.common.serialization.StringSerializer"),
            flags("awkward-foreign", List.of(), AWKWARD));

    // Then
    assertThat(emitter.awaitExit()).isEqualTo(1);
    assertThat(emitter.stderr())
        .containsExactly(
            "error: the run has poison, which only dev.billion.producer.publish.EventSerializer makes: "
                + "value.serializer is org.apache.kafka.common.serialization.StringSerializer");
  }

  private static void awaitShardsOfMembers(String topic, Integer... shards) {
    try (Admin admin = stack.broker().admin()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(Fleets.shardsOfMembers(admin, topic, run(Awkward.NONE).name()))
                      .containsExactly(shards));
    }
  }

  private static void assertAllIsThere(String topic, List<EmitterProcess> emitters)
      throws Exception {
    int[] ids = ids(topic, 2);
    List<ConsumerRecord<byte[], byte[]>> records = read(topic);

    // all of it, byte for byte
    assertThat(texts(records)).isEqualTo(expected(awkwardRun(Keys.SESSION), ids));

    // and in numbers that do not come from the code that made it
    assertThat(records).hasSize(RECORDS + POISON);
    List<byte[]> values = records.stream().map(ConsumerRecord::value).toList();
    assertThat(values).filteredOn(value -> value == null).hasSize(POISON / 6);
    List<byte[]> whole =
        values.stream().filter(value -> value != null && value.length > 5).toList();
    assertThat(values).filteredOn(value -> value != null && value.length == 4).hasSize(POISON / 6);
    assertThat(whole).filteredOn(value -> value[0] == 1).hasSize(POISON / 6);
    Map<Integer, List<byte[]>> byId =
        whole.stream().filter(value -> value[0] == 0).collect(groupingBy(WireFormat::schemaId));
    assertThat(byId).containsOnlyKeys(ids[0], ids[1], Integer.MAX_VALUE);
    assertThat(byId.get(Integer.MAX_VALUE)).hasSize(POISON / 6);
    assertThat(byId.get(ids[1]).size() / (double) RECORDS).isBetween(0.19, 0.21);
    assertThat(records).allMatch(record -> new String(record.key(), UTF_8).matches("[0-9a-f]{16}"));
    assertThat(
            whole.stream()
                .filter(value -> value[0] == 0 && WireFormat.schemaId(value) != Integer.MAX_VALUE)
                .map(value -> EventId.read(value, WireFormat.HEADER_BYTES))
                .distinct())
        .hasSize(RECORDS);

    assertThat(emitters.stream().mapToLong(emitter -> summed(emitter, "records")).sum())
        .isEqualTo(RECORDS);
    assertThat(emitters.stream().mapToLong(emitter -> summed(emitter, "poison")).sum())
        .isEqualTo(POISON);
    assertThat(emitters.stream().mapToLong(emitter -> summed(emitter, "dead_letters")).sum())
        .isZero();
  }

  private static long summed(EmitterProcess emitter, String field) {
    try {
      return emitter.summary().get(field).asLong();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> awkward(Keys keys) {
    return List.of(
        "--late=1%",
        "--late-by=10m", "--poison=0.1%", "--keys=" + keys, "--schema-mix=v1:80,v2:20");
  }

  private static Run awkwardRun(Keys keys) {
    return run(
        new Awkward(
            new Lateness(Share.parse("1%"), Duration.ofMinutes(10)),
            Share.parse("0.1%"),
            keys,
            SchemaMix.parse("v1:80,v2:20")));
  }

  /** Keys and values that the topic is to hold, as text, sorted. */
  private static List<String> expected(Run run, int[] ids) {
    EventSource source = new EventSource(run);
    Poison poison = source.poison();
    EventEncoder encoder = new EventEncoder();
    Keys keys = run.awkward().keys();
    Event event = new Event();
    List<String> records = new ArrayList<>();
    for (int index = 0; index < RECORDS; index++) {
      int shard = index % SHARDS;
      source.read(shard, index / SHARDS, event);
      byte[] value = encoder.encode(ids[event.version() - 1], event);
      records.add(text(keys.of(event), value));
      Event poisonous = poison == null ? null : poison.after(shard, index / SHARDS);
      if (poisonous != null) {
        records.add(text(keys.of(event), Poison.damaged(poisonous, value)));
      }
    }
    records.sort(null);
    return records;
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return TopicReader.readAll(stack.bootstrap(), topic);
  }

  private static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(
            record ->
                text(record.key() == null ? null : new String(record.key(), UTF_8), record.value()))
        .sorted()
        .toList();
  }

  private static String text(String key, byte[] value) {
    return key + " " + Arrays.toString(value);
  }

  private static EmitterProcess start(String topic, List<String> flags, List<String> more) {
    return EmitterProcess.start(stack, SharedStack.SHORT_TIMEOUTS, flags(topic, flags, more));
  }

  private static String[] flags(String topic, List<String> flags, List<String> more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--bootstrap=" + stack.bootstrap(),
                "--registry=" + stack.registryUrl(),
                "--topic=" + topic,
                "--http-port=0",
                "--run=" + run(Awkward.NONE).name(),
                "--shards=" + SHARDS,
                "--records=" + RECORDS,
                "--json"));
    all.addAll(flags);
    all.addAll(more);
    return all.toArray(String[]::new);
  }

  private static Run run(Awkward awkward) {
    return new Run(RUN_ID, 1, SHARDS, RECORDS, Run.DEFAULT_EVENT_RATE, awkward);
  }

  private static RegistryClient registry() {
    return new RegistryClient(RegistryConfig.of(stack.registryUrl(), Duration.ofSeconds(10)));
  }

  /** The ids of a topic's versions, which the registry has been given in order. */
  private static int[] ids(String topic, int versions) {
    int[] ids = new int[versions];
    for (int version = 1; version <= versions; version++) {
      ids[version - 1] = registry().register(topic + "-value", EventSchemas.version(version));
    }
    assertThat(ids).isSorted();
    return ids;
  }
}
