// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A schema registry, reached through its Confluent-compatible API. It keeps its schemas over a
 * restart and refuses versions that are not backward compatible.
 */
public final class Registry extends Server {

  private static final String API = "/apis/ccompat/v7";
  private static final int TIMEOUT_MILLIS = 5_000;

  /**
   * How to run it.
   *
   * @param jar its program
   * @param data its directory
   * @param log its log file
   */
  record Config(Path jar, Path data, Path log) {}

  private final Java java;
  private final Config config;

  Registry(Java java, Config config, int port, Duration readyWithin) {
    super(port, readyWithin);
    this.java = java;
    this.config = config;
  }

  /** Where its API starts. */
  public String url() {
    return "http://" + Ports.HOST + ":" + port() + API;
  }

  @Override
  ChildProcess launch() {
    List<String> options =
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Dquarkus.http.host=" + Ports.HOST,
            "-Dquarkus.http.port=" + port(),
            "-Dapicurio.rules.global.compatibility=BACKWARD",
            "-Dapicurio.datasource.url=" + database(),
            // by default it opens 20, and fails if that takes 5 s, as on a busy machine
            "-Dapicurio.datasource.jdbc.initial-size=1",
            "-Dapicurio.datasource.jdbc.min-size=1",
            "-Dquarkus.datasource.h2.jdbc.acquisition-timeout=60S");
    return ChildProcess.start(
        new ChildProcess.Command(
            "registry", java.jar(options, config.jar(), List.of()), Map.of(), config.log()));
  }

  /** Every commit is written at once: an id that was given out survives a crash. */
  private String database() {
    return "jdbc:h2:file:" + config.data().resolve("schemas") + ";WRITE_DELAY=0";
  }

  @Override
  boolean serves() {
    if (!Ports.accepts(port())) {
      return false;
    }
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url() + "/subjects").toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
