// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventEncoder;
import dev.billion.producer.event.EventSource;
import dev.billion.producer.run.Run;
import dev.billion.schemas.EventId;
import dev.billion.schemas.UserEvent;
import dev.billion.schemas.WireFormat;
import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryConfig;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged emitter against a real broker and a real registry. */
class EmitterIT {

  private static final int PARTITIONS = 6;
  private static LocalStack stack;

  @BeforeAll
  static void makeTopics() {
    stack =
        SharedStack.with(
            PARTITIONS, "exact", "oracle", "endless", "broken", "incompatible", "environment");
  }

  @Test
  void everyEventOfTheRunArrivesOnceAndAsItWasDefined() throws Exception {
    // Given
    long id = 1_750_000_000_000L;
    Run run = new Run(id, 42, 16, 50_000, 277_778);

    // When
    EmitterProcess emitter =
        start(
            "exact",
            "--run",
            run.name(),
            "--seed",
            "42",
            "--shards",
            "16",
            "--records",
            "50k",
            "--rate",
            "max",
            "--json");

    // Then
    assertThat(emitter.awaitExit()).isZero();
    List<byte[]> values = values("exact");
    int schemaId = registeredId("exact-value");
    EventSource source = new EventSource(run);
    Event event = new Event();
    byte[][] expected = new byte[50_000][];
    for (int index = 0; index < expected.length; index++) {
      source.read(index, event);
      expected[index] = new EventEncoder().encode(schemaId, event);
    }
    Arrays.sort(expected, Arrays::compare);
    values.sort(Arrays::compare);
    assertThat(values.toArray(byte[][]::new)).isDeepEqualTo(expected);

    JsonNode summary = emitter.summary();
    assertThat(summary.get("run").asText()).isEqualTo(run.name());
    assertThat(summary.get("records").asLong()).isEqualTo(50_000);
    assertThat(summary.get("dead_letters").asLong()).isZero();
    assertThat(summary.get("bytes").asLong())
        .isEqualTo(values.stream().mapToLong(value -> value.length).sum());
    assertThat(summary.get("next_sequences")).hasSize(16).allMatch(next -> next.asLong() == 3125);
    assertThat(emitter.stdout()).hasSize(1);
    assertThat(emitter.stderr()).last().asString().contains("\"sent\":50000,");
  }

  @Test
  void confluentsOwnClassesReadEveryRecordAndWouldHaveWrittenTheSameBytes() throws Exception {
    // Given
    EmitterProcess emitter = start("oracle", "--records", "2000", "--rate", "max");
    assertThat(emitter.awaitExit()).isZero();
    List<byte[]> values = values("oracle");
    assertThat(values).hasSize(2000);

    // When
    List<Object> read = new ArrayList<>();
    List<byte[]> written = new ArrayList<>();
    try (ConfluentOracle oracle = new ConfluentOracle(stack.registryUrl())) {
      for (byte[] value : values) {
        Object event = oracle.deserialize("oracle", value);
        read.add(event);
        written.add(oracle.serialize("oracle", event));
      }
    }

    // Then
    assertThat(written.toArray(byte[][]::new)).isDeepEqualTo(values.toArray(byte[][]::new));
    assertThat(read)
        .allSatisfy(event -> assertThat(event.toString()).contains("\"session_id\": \""));
  }

  @Test
  void drainsOnSigtermAndExitsZeroWithWhatItSent() throws Exception {
    // Given
    int port = freePort();
    EmitterProcess emitter =
        EmitterProcess.start(stack, flags("endless", port, "--rate", "20k", "--json"));
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(() -> at(port).get("/emission").then().body("sent", greaterThan(5000)));

    // When
    emitter.terminate();

    // Then
    assertThat(emitter.awaitExit()).isZero();
    List<byte[]> values = values("endless");
    JsonNode summary = emitter.summary();
    assertThat(summary.get("records").asLong()).isEqualTo(values.size());
    long[] next = new long[64];
    for (byte[] value : values) {
      EventId id = EventId.read(value, WireFormat.HEADER_BYTES);
      next[id.shard()] = Math.max(next[id.shard()], id.sequence() + 1);
    }
    assertThat(LongStream.of(next).sum()).isEqualTo(values.size());
    assertThat(summary.get("next_sequences"))
        .extracting(JsonNode::asLong)
        .containsExactlyElementsOf(Arrays.stream(next).boxed().toList());
  }

  @Test
  void nothingIsLostOrDoubledWhenTheBrokerIsKilledOnTheWay() throws Exception {
    // Given
    int port = freePort();
    EmitterProcess emitter =
        EmitterProcess.start(
            stack,
            Map.of("EMITTER_STALL_TIMEOUT", "500ms"),
            flags("broken", port, "--records", "100k", "--rate", "20k", "--json"));
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(() -> at(port).get("/emission").then().body("sent", greaterThan(20_000)));

    // When
    SharedStack.withoutBroker(
        () ->
            await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                    () -> {
                      at(port).get("/q/health/ready").then().statusCode(503);
                      at(port)
                          .accept("text/plain")
                          .get("/q/metrics")
                          .then()
                          .body(matchesPattern("(?s).*\nemitter_stalled_seconds [1-9].*"));
                    }));

    // Then
    assertThat(emitter.awaitExit()).isZero();
    assertThat(emitter.summary().get("records").asLong()).isEqualTo(100_000);
    assertThat(values("broken").stream().map(value -> EventId.read(value, WireFormat.HEADER_BYTES)))
        .hasSize(100_000)
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesToStartWithASchemaTheSubjectForbids() {
    // Given
    RegistryClient registry = registry();
    registry.register(
        "incompatible-value",
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"UserEvent\",\"namespace\":\"dev.billion.schemas\","
                    + "\"fields\":[{\"name\":\"event_id\",\"type\":\"string\"}]}"));

    // When
    EmitterProcess emitter = start("incompatible", "--records", "1");

    // Then
    assertThat(emitter.awaitExit()).isEqualTo(1);
    assertThat(emitter.stderr()).hasSize(1);
    assertThat(emitter.stderr().get(0))
        .startsWith("error: schema is not compatible with subject 'incompatible-value'");
  }

  @Test
  void environmentVariablesAreSettings() throws Exception {
    // When
    EmitterProcess emitter =
        EmitterProcess.start(
            stack,
            Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", stack.bootstrap(),
                "EMITTER_REGISTRY_URL", stack.registryUrl(),
                "EMITTER_TOPIC", "environment",
                "EMITTER_RECORDS", "1k",
                "EMITTER_SHARDS", "8",
                "EMITTER_JSON", "true",
                "QUARKUS_HTTP_PORT", "0"));

    // Then
    assertThat(emitter.awaitExit()).isZero();
    assertThat(emitter.summary().get("next_sequences")).hasSize(8);
    assertThat(values("environment")).hasSize(1000);
  }

  @Test
  void aTopicThatIsNotThereIsNamed() {
    // When
    EmitterProcess emitter = start("nowhere");

    // Then
    assertThat(emitter.awaitExit()).isEqualTo(1);
    assertThat(emitter.stderr())
        .containsExactly(
            "error: topic 'nowhere' or 'nowhere-dead-letters' does not exist on %s: create both first"
                .formatted(stack.bootstrap()));
  }

  @Test
  void aTopicThatTakesSmallerBatchesThanTheProducerMakesIsRefusedUntilItsBatchesAreSmaller()
      throws Exception {
    // Given
    SharedStack.with(new Topic("small", 1, Map.of("max.message.bytes", "2000")));

    // When
    EmitterProcess refused = start("small");
    EmitterProcess told =
        EmitterProcess.start(
            stack,
            Map.of("MP_MESSAGING_OUTGOING_USER_EVENTS_BATCH_SIZE", "2000"),
            flags("small", 0, "--records", "1000", "--rate", "max"));

    // Then
    assertThat(refused.awaitExit()).isEqualTo(1);
    assertThat(refused.stderr())
        .containsExactly(
            "error: topic 'small' takes batches of up to 2000 bytes (max.message.bytes), but"
                + " batch.size is 131072: set MP_MESSAGING_OUTGOING_USER_EVENTS_BATCH_SIZE=2000");
    assertThat(told.awaitExit()).isZero();
    assertThat(values("small")).hasSize(1000);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    // When
    EmitterProcess emitter = EmitterProcess.start(stack, flags("exact", stack.registry().port()));

    // Then
    assertThat(emitter.awaitExit()).isEqualTo(1);
    assertThat(emitter.stderr())
        .containsExactly(
            "error: port %d on 127.0.0.1 is taken: choose another with --http-port"
                .formatted(stack.registry().port()));
  }

  private static EmitterProcess start(String topic, String... more) {
    return EmitterProcess.start(stack, flags(topic, 0, more));
  }

  private static String[] flags(String topic, int httpPort, String... more) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--bootstrap",
                stack.bootstrap(),
                "--registry",
                stack.registryUrl(),
                "--topic",
                topic,
                "--http-port",
                String.valueOf(httpPort)));
    flags.addAll(List.of(more));
    return flags.toArray(String[]::new);
  }

  private static RequestSpecification at(int port) {
    return given().baseUri("http://127.0.0.1").port(port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static RegistryClient registry() {
    return new RegistryClient(RegistryConfig.of(stack.registryUrl(), Duration.ofSeconds(10)));
  }

  private static int registeredId(String subject) {
    return registry().register(subject, UserEvent.getClassSchema());
  }

  private static List<byte[]> values(String topic) {
    List<byte[]> values = new ArrayList<>();
    TopicReader.readAll(stack.bootstrap(), topic).forEach(sent -> values.add(sent.value()));
    return values;
  }
}
