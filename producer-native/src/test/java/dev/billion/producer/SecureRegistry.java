// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLContext;

/** A door before a registry that asks for TLS and one user's password, as a gateway would. */
final class SecureRegistry implements AutoCloseable {

  static final String USER = "emitter";
  static final String PASSWORD = "of-the-registry";

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpsServer door;
  private final URI registry;

  SecureRegistry(String registryUrl, SSLContext tls) throws IOException {
    registry = URI.create(registryUrl);
    door = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    door.setHttpsConfigurator(new HttpsConfigurator(tls));
    door.createContext("/", this::forward)
        .setAuthenticator(
            new BasicAuthenticator("registry") {
              @Override
              public boolean checkCredentials(String user, String password) {
                return user.equals(USER) && password.equals(PASSWORD);
              }
            });
    door.start();
  }

  String url() {
    return "https://127.0.0.1:%d%s".formatted(door.getAddress().getPort(), registry.getPath());
  }

  private void forward(HttpExchange exchange) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(registry.resolve(exchange.getRequestURI().toString()))
            .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
            .build();
    int status;
    byte[] body;
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      status = response.statusCode();
      body = response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      status = 500;
      body = "interrupted".getBytes(UTF_8);
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    door.stop(0);
  }
}
