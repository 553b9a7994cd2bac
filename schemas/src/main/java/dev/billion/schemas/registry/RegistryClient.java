// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The calls that producer and sink need of a schema registry's Confluent REST API. While the
 * registry cannot be reached, or answers 408, 429 or 5xx, a call tries again with growing pauses
 * until the deadline of its configuration. Safe for use by several threads; keeps no answers.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Schema
 *     Registry API reference</a>
 */
public final class RegistryClient {

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int SCHEMA_NOT_FOUND = 40403;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final RegistryConfig config;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @throws IllegalArgumentException if a TLS store of the configuration cannot be read
   */
  public RegistryClient(RegistryConfig config) {
    this.config = config;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.requestTimeout());
    if (config.trustStore() != null || config.keyStore() != null) {
      builder.sslContext(RegistryTls.context(config.trustStore(), config.keyStore()));
    }
    this.http = builder.build();
  }

  /**
   * Registers a schema under a subject, or finds it there.
   *
   * @return its id
   * @throws RegistryException.Incompatible if the subject's rule forbids it
   * @throws RegistryException for any other answer
   */
  public int register(String subject, Schema schema) {
    Answer answer = call("POST", "/subjects/" + encode(subject) + "/versions", schemaBody(schema));
    if (answer.status == 409) {
      throw new RegistryException.Incompatible(
          "schema is not compatible with subject '%s': %s".formatted(subject, answer.message()));
    }
    return answer.required("id").asInt();
  }

  /**
   * The Avro schema of an id.
   *
   * @throws RegistryException.UnknownId if the registry has none
   * @throws RegistryException.UnusableSchema if it is not Avro, or refers to other schemas
   * @throws RegistryException for any other answer
   */
  public Schema schemaById(int id) {
    Answer answer = call("GET", "/schemas/ids/" + id, null);
    if (answer.status == 404 && answer.errorCode() == SCHEMA_NOT_FOUND) {
      throw new RegistryException.UnknownId(
          "registry %s knows no schema of id %d".formatted(config.url(), id));
    }
    return schema(answer, "schema " + id);
  }

  /**
   * The Avro schema of a subject's latest version.
   *
   * @throws RegistryException.UnusableSchema if it is not Avro, or refers to other schemas
   * @throws RegistryException for any other answer, also where there is no such subject
   */
  public Schema latest(String subject) {
    Answer answer = call("GET", "/subjects/" + encode(subject) + "/versions/latest", null);
    if (answer.status == 404 && answer.errorCode() > 0) {
      throw new RegistryException.Refused(
          "registry %s has no subject '%s' (valid: a subject with a schema)"
              .formatted(config.url(), subject));
    }
    return schema(answer, "latest schema of subject '%s'".formatted(subject));
  }

  private static Schema schema(Answer answer, String what) {
    String type = answer.ok().path("schemaType").asText("AVRO");
    if (!"AVRO".equals(type)) {
      throw new RegistryException.UnusableSchema(
          "%s is of type %s, not AVRO".formatted(what, type), null);
    }
    String text = answer.required("schema").asText();
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException | NullPointerException e) { // the latter for an unknown name
      throw new RegistryException.UnusableSchema(
          "%s does not parse: %s".formatted(what, e.getMessage()), e);
    }
  }

  /**
   * Whether a schema may be registered under a subject. One that has no version yet takes any.
   *
   * @throws RegistryException if the registry does not say
   */
  public boolean isCompatible(String subject, Schema schema) {
    String path = "/compatibility/subjects/" + encode(subject) + "/versions/latest";
    Answer answer = call("POST", path, schemaBody(schema));
    if (answer.status == 404 && answer.errorCode() > 0) {
      return true;
    }
    return answer.required("is_compatible").asBoolean();
  }

  private Answer call(String method, String path, String body) {
    HttpRequest request = request(method, path, body);
    long deadline = System.nanoTime() + config.deadline().toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      String trouble;
      IOException cause = null;
      try {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        Answer answer = new Answer(request, response);
        if (!answer.mayPass()) {
          return answer;
        }
        trouble = answer.summary();
      } catch (IOException e) {
        trouble = e.getMessage() == null ? reason(e) : e.getMessage();
        cause = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RegistryException.Unreachable("interrupted while calling " + request.uri(), e);
      }
      if (System.nanoTime() + pause.toNanos() > deadline) {
        throw new RegistryException.Unreachable(
            "registry %s not reachable within %d s: %s"
                .formatted(config.url(), config.deadline().toSeconds(), trouble),
            cause);
      }
      sleep(pause, request);
      pause = longer(pause);
    }
  }

  /** The JDK's client throws some exceptions without a message. */
  private static String reason(IOException e) {
    return e instanceof ConnectException ? "connection refused" : e.getClass().getSimpleName();
  }

  private HttpRequest request(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(config.url().toString().replaceAll("/+$", "") + path))
            .timeout(config.requestTimeout())
            .header("Accept", MEDIA_TYPE)
            .header("Content-Type", MEDIA_TYPE)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (config.user() != null) {
      String pair = config.user() + ":" + (config.password() == null ? "" : config.password());
      request.header(
          "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    }
    return request.build();
  }

  private static void sleep(Duration pause, HttpRequest request) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryException.Unreachable("interrupted while waiting for " + request.uri(), e);
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private static String schemaBody(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString()).toString();
  }

  private static String encode(String subject) {
    return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
  }

  /** One response, and what its status and body mean. */
  private final class Answer {
    private final HttpRequest request;
    private final int status;
    private final String text;

    Answer(HttpRequest request, HttpResponse<String> response) {
      this.request = request;
      this.status = response.statusCode();
      this.text = response.body();
    }

    boolean mayPass() {
      return status == 408 || status == 429 || status >= 500;
    }

    JsonNode ok() {
      if (status == 401 || status == 403) {
        throw new RegistryException.Refused(
            "registry %s refused the credentials of %s (status %d)"
                .formatted(
                    config.url(),
                    config.user() == null ? "nobody" : "'" + config.user() + "'",
                    status));
      }
      if (status == 404 && errorCode() == 0) {
        throw new RegistryException.Refused(
            "no schema registry's Confluent API at %s (status 404; Apicurio's is at /apis/ccompat/v7)"
                .formatted(config.url()));
      }
      if (status != 200) {
        throw new RegistryException.Refused(summary());
      }
      return body();
    }

    JsonNode required(String field) {
      JsonNode value = ok().get(field);
      if (value == null) {
        throw new RegistryException.Refused(
            "%s is not a schema registry: no '%s' in the answer to %s"
                .formatted(config.url(), field, request.uri()));
      }
      return value;
    }

    int errorCode() {
      return body().path("error_code").asInt();
    }

    String message() {
      return body().path("message").asText(text);
    }

    String summary() {
      return "registry answered %d to %s %s: %s"
          .formatted(
              status, request.method(), request.uri(), message().lines().findFirst().orElse(""));
    }

    private JsonNode body() {
      try {
        return json.readTree(text);
      } catch (JsonProcessingException e) {
        return JsonNodeFactory.instance.objectNode();
      }
    }
  }
}
