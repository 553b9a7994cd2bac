// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend.monitoring;

import dev.billion.local.Binary;
import dev.billion.local.ChildProcess;
import dev.billion.local.LocalStackException;
import dev.billion.local.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real Prometheus that tells a real Alertmanager, which tells a webhook. */
final class Watch implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Webhook webhook = new Webhook();
  private final Api prometheus = new Api(Ports.freeForLater());
  private final Api alertmanager = new Api(Ports.freeForLater());
  private final Path directory;
  private final ChildProcess alertmanagerProcess;
  private final ChildProcess prometheusProcess;

  /**
   * @param targets the address here for each of {@code prometheus-local.yml}
   */
  Watch(Path directory, Map<String, String> targets) throws IOException {
    this.directory = directory;
    HastyCopy copy = new HastyCopy(directory);
    alertmanagerProcess =
        start(
            Tools.ALERTMANAGER.assumed(),
            "--config.file=" + copy.alertmanager(webhook.port()),
            "--storage.path=" + directory.resolve("alertmanager"),
            "--web.listen-address=127.0.0.1:" + alertmanager.port(),
            "--cluster.listen-address=");
    Map<String, String> addresses = new HashMap<>(targets);
    addresses.put("127.0.0.1:9093", "127.0.0.1:" + alertmanager.port());
    prometheusProcess =
        start(
            Tools.PROMETHEUS.assumed(),
            "--config.file=" + copy.prometheus(addresses),
            "--storage.tsdb.path=" + directory.resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + prometheus.port());
  }

  private ChildProcess start(Path program, String... arguments) {
    String name = program.getFileName().toString();
    return ChildProcess.start(
        new ChildProcess.Command(
            name,
            Binary.command(program, List.of(arguments)),
            Map.of(),
            directory.resolve(name + ".log")));
  }

  /**
   * Whether both serve.
   *
   * @throws LocalStackException if one has ended
   */
  boolean isReady() {
    for (ChildProcess process : List.of(prometheusProcess, alertmanagerProcess)) {
      if (!process.isAlive()) {
        throw new LocalStackException(process.ended() + "\n" + String.join("\n", process.tail()));
      }
    }
    return prometheus.isReady() && alertmanager.isReady();
  }

  Api prometheus() {
    return prometheus;
  }

  Api alertmanager() {
    return alertmanager;
  }

  Webhook webhook() {
    return webhook;
  }

  @Override
  public void close() {
    prometheusProcess.stop(GRACE);
    alertmanagerProcess.stop(GRACE);
    webhook.close();
  }
}
