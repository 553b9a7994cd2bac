// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads and commits, and speaks like the sink. What goes wrong is a system property. */
public final class StandInSink {

  private StandInSink() {}

  public static void main(String[] arguments) throws IOException {
    List<String> options = List.of(arguments);
    if (options.get(0).equals("verify")) {
      verify();
      return;
    }
    if (Boolean.getBoolean("fails")) {
      System.err.println("error: no space left on device");
      System.exit(1);
    }
    String bootstrap = options.get(options.indexOf("--bootstrap") + 1);
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.GROUP_ID_CONFIG,
            Demo.GROUP,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            1_000,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            6_000,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Programs.TOPIC));
      while (!Thread.interrupted()) {
        if (!consumer.poll(Duration.ofMillis(200)).isEmpty() && !Boolean.getBoolean("idle")) {
          consumer.commitSync();
          dieOnce();
        }
      }
    }
  }

  private static void verify() {
    boolean holds = !Boolean.getBoolean("loses");
    System.out.printf(
        "{\"ok\":%b,\"runs\":[{\"missing\":%d,\"duplicates\":0}],\"dead_letters\":0}%n",
        holds, holds ? 0 : 3);
    System.exit(holds ? 0 : 1);
  }

  private static void dieOnce() throws IOException {
    String mark = System.getProperty("dies.once");
    if (mark != null && Files.notExists(Path.of(mark))) {
      Files.createFile(Path.of(mark));
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
    }
  }
}
