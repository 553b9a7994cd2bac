// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** An API server's HTTP interface, in JSON. Safe for use by several threads. */
final class Api {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /**
   * What the server answered.
   *
   * @param status of HTTP
   * @param body an object of Kubernetes, or a {@code Status}
   */
  record Answer(int status, JsonNode body) {

    boolean ok() {
      return status < 300;
    }

    /** The object. */
    JsonNode orThrow() {
      if (!ok()) {
        throw new IllegalStateException("the API server says %d: %s".formatted(status, message()));
      }
      return body;
    }

    String message() {
      return body.path("message").asText();
    }
  }

  private final URI server;
  private final String token;
  private final HttpClient http;

  Api(URI server, String token, SSLContext tls) {
    this.server = server;
    this.token = token;
    this.http = HttpClient.newBuilder().sslContext(tls).connectTimeout(TIMEOUT).build();
  }

  Answer get(String path) {
    return send("GET", path, "application/json", MissingNode.getInstance());
  }

  Answer post(String path, JsonNode object) {
    return send("POST", path, "application/json", object);
  }

  Answer delete(String path, JsonNode options) {
    return send("DELETE", path, "application/json", options);
  }

  /** Changes the fields that are named (RFC 7396). */
  Answer merge(String path, JsonNode fields) {
    return send("PATCH", path, "application/merge-patch+json", fields);
  }

  /** Server-side apply, which refuses fields that the server's schema does not have. */
  Answer apply(String path, JsonNode object) {
    return applyWith(path, object, "");
  }

  /** As {@link #apply}, but nothing is stored. */
  Answer dryRun(String path, JsonNode object) {
    return applyWith(path, object, "&dryRun=All");
  }

  private Answer applyWith(String path, JsonNode object, String more) {
    String parameters = "?fieldManager=billion&force=true&fieldValidation=Strict" + more;
    return send("PATCH", path + parameters, "application/apply-patch+yaml", object);
  }

  private Answer send(String method, String path, String type, JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json")
            .header("Content-Type", type)
            .method(
                method,
                body.isMissingNode()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), parsed(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the API server", e);
    }
  }

  private static JsonNode parsed(String text) throws IOException {
    return text.startsWith("{")
        ? JSON.readTree(text)
        : JSON.createObjectNode().put("message", text);
  }
}
