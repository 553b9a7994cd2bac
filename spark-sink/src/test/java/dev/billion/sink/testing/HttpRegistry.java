// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** The one call of a schema registry that decoding makes, with ids as a test wants them. */
public final class HttpRegistry implements AutoCloseable {

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final HttpServer server;

  public HttpRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  public void put(int id, Schema schema) {
    putAnswer(
        id, JsonNodeFactory.instance.objectNode().put("schema", schema.toString()).toString());
  }

  public void putAnswer(int id, String json) {
    answers.put("/schemas/ids/" + id, json);
  }

  public RegistryConfig config() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return RegistryConfig.of(url, Duration.ofSeconds(1));
  }

  public RegistryClient client() {
    return new RegistryClient(config());
  }

  public int calls() {
    return calls.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    String known = answers.get(exchange.getRequestURI().getPath());
    byte[] body =
        (known == null ? "{\"error_code\":40403,\"message\":\"no schema\"}" : known)
            .getBytes(UTF_8);
    exchange.sendResponseHeaders(known == null ? 404 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
