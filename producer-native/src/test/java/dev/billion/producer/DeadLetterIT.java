// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
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
import dev.billion.schemas.DeadLetter;
import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.WireFormat;
import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that cannot be delivered, of an emitter alone and of one in a fleet. */
class DeadLetterIT {

  private static final int RECORDS = 500;
  private static final int REFUSED = 4;
  private static final Run RUN =
      new Run(
          1_750_000_000_000L,
          42,
          16,
          RECORDS,
          277_778,
          new Awkward(
              Lateness.NONE, Share.parse("100%"), Keys.SESSION, SchemaMix.parse("v1:50,v2:50")));

  /** What a batch of one keyed record has beside the record's value, bytes. */
  private static final int OVERHEAD = 86;

  /**
   * As many dead letters as are sent at a time wait for half a second: what is said of all clients
   * is of those whose channel says nothing else. Little is on its way when the first is refused.
   */
  private static final Map<String, String> SLOW_DEAD_LETTERS =
      Map.of(
          "KAFKA_LINGER_MS", "500",
          "KAFKA_BATCH_SIZE", "1048576",
          "MP_MESSAGING_OUTGOING_USER_EVENTS_BUFFER_MEMORY", "524288");

  @ParameterizedTest
  @CsvSource({"alone,", "in-fleet,exactly-once", "in-fleet-repeating,at-least-once"})
  void aRecordTheBrokerRefusesBecomesADeadLetterPoisonDoesNotAndAllOthersArriveOnce(
      String name, String guarantee) throws Exception {
    // Given
    String topic = "refused-" + name;
    int[] schemaIds = schemaIds(topic);
    List<byte[]> largestFirst =
        LongStream.range(0, RECORDS)
            .mapToObj(index -> value(index, schemaIds))
            .sorted(Comparator.comparingInt((byte[] value) -> value.length).reversed())
            .toList();
    int accepted = largestFirst.get(REFUSED).length;
    List<byte[]> tooLarge = largestFirst.stream().filter(value -> value.length > accepted).toList();
    String limit = String.valueOf(OVERHEAD + accepted);
    LocalStack stack = SharedStack.with(new Topic(topic, 6, Map.of("max.message.bytes", limit)));

    // When
    EmitterProcess emitter =
        emit(
            stack,
            topic,
            guarantee,
            "100%",
            // a batch of one: the client splits a refused batch of more without end (KAFKA-8350).
            // Without keys the shortest poison would fit in beside an event
            Map.of(
                "MP_MESSAGING_OUTGOING_USER_EVENTS_COMPRESSION_TYPE", "none",
                "MP_MESSAGING_OUTGOING_USER_EVENTS_BATCH_SIZE", "1"));

    // Then
    assertThat(emitter.awaitExit()).as(() -> String.join("\n", emitter.stderr())).isZero();
    List<DeadLetter> dead = deadLetters(stack, topic);
    assertThat(dead)
        .isNotEmpty()
        .allMatch(letter -> letter.getTopic().equals(topic))
        .allMatch(letter -> letter.getReason() == DeadLetterReason.REFUSED_BY_BROKER)
        .allMatch(letter -> letter.getSchemaId() == WireFormat.schemaId(letter.getValue().array()));
    List<byte[]> refused = dead.stream().map(letter -> letter.getValue().array()).toList();
    assertThat(texts(refused)).containsExactlyInAnyOrderElementsOf(texts(tooLarge));
    List<byte[]> poison = poison(schemaIds);
    List<byte[]> takenPoison =
        poison.stream().filter(value -> value == null || value.length <= accepted).toList();
    assertThat(takenPoison).hasSizeBetween(1, poison.size() - 1);
    assertThat(texts(values(stack, topic)))
        .containsExactlyInAnyOrderElementsOf(
            texts(
                Stream.concat(
                        largestFirst.stream().filter(value -> value.length <= accepted),
                        takenPoison.stream())
                    .toList()));
    assertThat(emitter.summary().get("records").asInt()).isEqualTo(RECORDS - dead.size());
    assertThat(emitter.summary().get("dead_letters").asInt()).isEqualTo(dead.size());
    assertThat(emitter.summary().get("poison").asInt()).isEqualTo(takenPoison.size());
    assertThat(emitter.stderr())
        .last()
        .asString()
        .contains("\"errors\":%d,".formatted(dead.size() + poison.size() - takenPoison.size()));
  }

  @ParameterizedTest
  @CsvSource({"alone,", "in-fleet,exactly-once"})
  void aRecordThatCannotBeEncodedBecomesADeadLetterWithoutAValue(String name, String guarantee)
      throws Exception {
    // Given
    String topic = "unencoded-" + name;
    LocalStack stack = SharedStack.with(6, topic);

    // When
    EmitterProcess emitter =
        emit(
            stack,
            topic,
            guarantee,
            "0%",
            Map.of(
                "MP_MESSAGING_OUTGOING_USER_EVENTS_VALUE_SERIALIZER",
                "org.apache.kafka.common.serialization.StringSerializer")); // of anything but
    // events

    // Then
    assertThat(emitter.awaitExit()).as(() -> String.join("\n", emitter.stderr())).isZero();
    assertThat(values(stack, topic)).isEmpty();
    List<DeadLetter> dead = deadLetters(stack, topic);
    assertThat(dead)
        .allMatch(letter -> letter.getReason() == DeadLetterReason.NOT_ENCODABLE)
        .allMatch(letter -> letter.getSchemaId() == null)
        .allMatch(letter -> letter.getValue() == null);
    assertThat(dead)
        .extracting(letter -> letter.getDetail().toString().split(":")[0])
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, RECORDS)
                .mapToObj(
                    index ->
                        "run=%s shard=%d sequence=%d"
                            .formatted(RUN.name(), index % RUN.shards(), index / RUN.shards()))
                .toList());
    assertThat(emitter.summary().get("records").asInt()).isZero();
    assertThat(emitter.summary().get("dead_letters").asInt()).isEqualTo(RECORDS);
  }

  @ParameterizedTest
  @CsvSource({"alone,", "in-fleet,--fleet --delivery=at-least-once"})
  void deadLettersThatAreSlowToArriveSlowTheEventsDown(String name, String flags) throws Exception {
    // Given
    String topic = "all-refused-" + name;
    SharedStack.with(new Topic(topic, 6, Map.of("cleanup.policy", "compact"))); // none has a key
    List<String> all = new ArrayList<>(List.of("--rate=20k"));
    if (flags != null) {
      all.addAll(List.of(flags.split(" ")));
    }

    // When
    try (MeasuredEmitter emitter =
        MeasuredEmitter.start(topic, SLOW_DEAD_LETTERS, all.toArray(String[]::new))) {
      emitter.await(() -> assertThat(emitter.value("dead_letters_total")).isGreaterThan(6000));

      // Then
      assertThat(emitter.value("in_flight_records")).isBetween(1., 20_000.);
      emitter.process().terminate();
      assertThat(emitter.process().awaitExit()).isZero();
      JsonNode summary = emitter.process().summary();
      long done = 0;
      for (JsonNode next : summary.get("next_sequences")) {
        done += next.asLong();
      }
      assertThat(summary.get("dead_letters").asLong()).isGreaterThanOrEqualTo(done);
    }
  }

  private static EmitterProcess emit(
      LocalStack stack,
      String topic,
      String guarantee,
      String poison,
      Map<String, String> environment) {
    List<String> flags = new ArrayList<>(SharedStack.flags(topic));
    flags.addAll(
        List.of(
            "--run=" + RUN.name(),
            "--seed=" + RUN.seed(),
            "--shards=" + RUN.shards(),
            "--records=" + RECORDS,
            "--rate=max",
            "--poison=" + poison,
            "--keys=session",
            "--schema-mix=" + RUN.awkward().schemas(),
            "--http-port=0"));
    if (guarantee != null) {
      flags.addAll(List.of("--fleet", "--delivery=" + guarantee));
    }
    return EmitterProcess.start(stack, environment, flags.toArray(String[]::new));
  }

  /** The ids of the two versions of a topic's schema. */
  private static int[] schemaIds(String topic) {
    RegistryClient registry =
        new RegistryClient(RegistryConfig.of(SharedStack.registryUrl(), Duration.ofSeconds(10)));
    return IntStream.rangeClosed(1, EventSchemas.NEWEST)
        .map(version -> registry.register(topic + "-value", EventSchemas.version(version)))
        .toArray();
  }

  private static byte[] value(long index, int[] schemaIds) {
    Event event = new Event();
    new EventSource(RUN).read(index, event);
    return new EventEncoder().encode(schemaIds[event.version() - 1], event).clone();
  }

  /** The poison that follows the events, one after each. */
  private static List<byte[]> poison(int[] schemaIds) {
    Poison poison = new EventSource(RUN).poison();
    List<byte[]> values = new ArrayList<>();
    for (int index = 0; index < RECORDS; index++) {
      Event damage = poison.after(index % RUN.shards(), index / RUN.shards());
      values.add(Poison.damaged(damage, value(index, schemaIds)));
    }
    return values;
  }

  private static List<String> texts(List<byte[]> values) {
    return values.stream().map(Arrays::toString).toList();
  }

  private static List<byte[]> values(LocalStack stack, String topic) {
    return TopicReader.readAll(stack.bootstrap(), topic).stream()
        .map(record -> record.value())
        .toList();
  }

  private static List<DeadLetter> deadLetters(LocalStack stack, String topic) throws IOException {
    SpecificDatumReader<DeadLetter> reader = new SpecificDatumReader<>(DeadLetter.class);
    List<DeadLetter> letters = new ArrayList<>();
    for (byte[] value : values(stack, topic + "-dead-letters")) {
      assertThat(WireFormat.defect(value)).isNull();
      int body = value.length - WireFormat.HEADER_BYTES;
      letters.add(
          reader.read(
              null,
              DecoderFactory.get().binaryDecoder(value, WireFormat.HEADER_BYTES, body, null)));
    }
    return letters;
  }
}
