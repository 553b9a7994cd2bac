// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.billion.schemas.UserEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the client makes of each answer, with an HTTP server that gives answers a healthy registry
 * seldom does. The calls against a real registry are in local-stack's tests.
 */
class RegistryClientTest {

  private record Reply(int status, String body) {}

  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> credentials = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          credentials.add(exchange.getRequestHeaders().getFirst("Authorization"));
          Reply reply = replies.size() > 1 ? replies.pop() : replies.peek();
          byte[] body = reply.body.getBytes(UTF_8);
          exchange.sendResponseHeaders(reply.status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void registersASchemaUnderItsSubject() {
    // Given
    replies.add(new Reply(200, "{\"id\":7}"));

    // When
    int id = client().register("user events-value", UserEvent.getClassSchema());

    // Then
    assertThat(id).isEqualTo(7);
    assertThat(requests).containsExactly("POST /base/subjects/user%20events-value/versions");
  }

  @Test
  void findsTheLatestSchemaOfASubject() {
    // Given
    replies.add(new Reply(200, "{\"version\":2,\"schema\":\"\\\"long\\\"\"}"));

    // When
    Schema schema = client().latest("orders-value");

    // Then
    assertThat(schema.getType()).isEqualTo(Schema.Type.LONG);
    assertThat(requests).containsExactly("GET /base/subjects/orders-value/versions/latest");
  }

  @Test
  void namesASubjectThatIsNotThere() {
    // Given
    replies.add(new Reply(404, "{\"error_code\":40401,\"message\":\"none\"}"));

    // Then
    assertThatThrownBy(() -> client().latest("orders-value"))
        .isInstanceOf(RegistryException.Refused.class)
        .hasMessageContaining("has no subject 'orders-value' (valid: a subject with a schema)");
  }

  @Test
  void triesAgainWhileTheRegistryCannotServe() {
    // Given
    replies.add(new Reply(503, "starting"));
    replies.add(new Reply(429, "slowly"));
    replies.add(new Reply(200, "{\"schema\":\"\\\"long\\\"\"}"));

    // When
    Schema schema = client().schemaById(3);

    // Then
    assertThat(schema.getType()).isEqualTo(Schema.Type.LONG);
    assertThat(requests).hasSize(3);
  }

  @Test
  void givesUpAtTheDeadlineAndSaysWhatTheLastAnswerWas() {
    // Given
    replies.add(new Reply(500, "{\"error_code\":50001,\"message\":\"store is down\"}"));

    // Then
    assertThatThrownBy(() -> client().schemaById(3))
        .isInstanceOf(RegistryException.Unreachable.class)
        .hasMessageContaining("not reachable within 1 s")
        .hasMessageContaining("registry answered 500 to GET")
        .hasMessageEndingWith("store is down");
    assertThat(requests).hasSizeGreaterThan(2);
  }

  @Test
  void anUnknownIdIsToldFromAWrongAddress() {
    // Given
    replies.add(new Reply(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));
    replies.add(new Reply(404, "<html>no such page</html>"));

    // Then
    assertThatThrownBy(() -> client().schemaById(99))
        .isInstanceOf(RegistryException.UnknownId.class)
        .hasMessageContaining("knows no schema of id 99");
    assertThatThrownBy(() -> client().schemaById(99))
        .isInstanceOf(RegistryException.Refused.class)
        .hasMessageContaining("no schema registry's Confluent API at " + url());
  }

  @Test
  void anIncompatibleSchemaIsToldWithTheRegistrysReason() {
    // Given
    replies.add(new Reply(409, "{\"error_code\":409,\"message\":\"READER_FIELD_MISSING\"}"));

    // Then
    assertThatThrownBy(() -> client().register("s", UserEvent.getClassSchema()))
        .isInstanceOf(RegistryException.Incompatible.class)
        .hasMessage("schema is not compatible with subject 's': READER_FIELD_MISSING");
  }

  @Test
  void wrongCredentialsAreToldWithoutThePassword() {
    // Given
    replies.add(new Reply(401, ""));
    RegistryClient client = new RegistryClient(config().withCredentials("ann", "s3cret"));

    // Then
    assertThatThrownBy(() -> client.register("s", UserEvent.getClassSchema()))
        .isInstanceOf(RegistryException.Refused.class)
        .hasMessageContaining("refused the credentials of 'ann'")
        .hasMessageNotContaining("s3cret");
    assertThat(credentials).containsExactly("Basic YW5uOnMzY3JldA==");
    assertThat(config().withCredentials("ann", "s3cret").toString()).doesNotContain("s3cret");
  }

  @Test
  void aSchemaThatIsNotAvroIsUnusable() {
    // Given
    replies.add(new Reply(200, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"));
    replies.add(new Reply(200, "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}"));

    // Then
    assertThatThrownBy(() -> client().schemaById(5))
        .isInstanceOf(RegistryException.UnusableSchema.class)
        .hasMessage("schema 5 is of type JSON, not AVRO");
    assertThatThrownBy(() -> client().schemaById(5))
        .isInstanceOf(RegistryException.UnusableSchema.class)
        .hasMessageStartingWith("schema 5 does not parse:");
  }

  @Test
  void aSubjectWithoutVersionsTakesAnySchema() {
    // Given
    replies.add(new Reply(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}"));
    replies.add(new Reply(200, "{\"is_compatible\":false}"));

    // Then
    assertThat(client().isCompatible("s", UserEvent.getClassSchema())).isTrue();
    assertThat(client().isCompatible("s", UserEvent.getClassSchema())).isFalse();
  }

  @Test
  void somethingElseThatAnswersIsNotTakenForARegistry() {
    // Given
    replies.add(new Reply(200, "hello"));

    // Then
    assertThatThrownBy(() -> client().register("s", UserEvent.getClassSchema()))
        .isInstanceOf(RegistryException.Refused.class)
        .hasMessageContaining("is not a schema registry: no 'id' in the answer");
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    assertThatThrownBy(() -> RegistryConfig.of("localhost:8081", Duration.ofSeconds(1)))
        .hasMessage(
            "not a registry address: 'localhost:8081' (valid: http://host:port or https://host:port)");
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/base/";
  }

  private RegistryConfig config() {
    return RegistryConfig.of(url(), Duration.ofSeconds(1));
  }

  private RegistryClient client() {
    return new RegistryClient(config());
  }
}
