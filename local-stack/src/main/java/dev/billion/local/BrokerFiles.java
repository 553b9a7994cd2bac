// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The broker's directory: its configuration, written anew at every start, and its data.
 *
 * @param directory where
 */
record BrokerFiles(Path directory) {

  /** Properties that are added to ours: a broker without our own listeners is out of reach. */
  private static final Set<String> LISTS =
      Set.of("listeners", "advertised.listeners", "listener.security.protocol.map");

  Path properties() {
    return directory.resolve("server.properties");
  }

  Path logging() {
    return directory.resolve("log4j2.properties");
  }

  Path data() {
    return directory.resolve("data");
  }

  boolean formatted() {
    return Files.exists(data().resolve("meta.properties"));
  }

  void write(int port, Seat seat, Map<String, String> extra) {
    Map<String, String> settings = new TreeMap<>(settings(port, seat.controllerPort()));
    settings.putAll(seat.settings());
    extra.forEach(
        (name, value) ->
            settings.merge(
                name, value, (own, more) -> LISTS.contains(name) ? own + "," + more : more));
    String text =
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
            .collect(Collectors.joining("\n", "", "\n"));
    try (InputStream logging = BrokerFiles.class.getResourceAsStream("broker-log4j2.properties")) {
      Files.createDirectories(directory);
      Files.writeString(properties(), text);
      Files.write(logging(), logging.readAllBytes());
    } catch (IOException e) {
      throw new LocalStackException("cannot write " + Errors.describe(e), e);
    }
  }

  private Map<String, String> settings(int port, int controllerPort) {
    String client = "PLAINTEXT://%s:%d".formatted(Ports.HOST, port);
    String controller = "%s:%d".formatted(Ports.HOST, controllerPort);
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("listeners", client + ",CONTROLLER://" + controller),
        Map.entry("advertised.listeners", client),
        Map.entry(
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,SSL:SSL,CONTROLLER:PLAINTEXT"),
        Map.entry("inter.broker.listener.name", "PLAINTEXT"),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry("log.dirs", data().toString()),
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        // what is sent stays: the proof reads all of it
        Map.entry("log.retention.ms", "-1"),
        Map.entry("log.retention.bytes", "-1"),
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("transaction.state.log.num.partitions", "4"),
        // the default of 128 MB is taken from the heap at start
        Map.entry("log.cleaner.dedupe.buffer.size", "4194304"));
  }
}
