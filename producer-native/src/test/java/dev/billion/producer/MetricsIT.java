// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.billion.local.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged emitter measures of itself. */
class MetricsIT {

  private static final double SLOW_BYTES_PER_SECOND = 500_000;

  /** Names that Micrometer gives to figures of the JVM, and its linter's complaints about them. */
  private static final List<String> FOREIGN =
      List.of("process_cpu_time_ns_total ", "system_cpu_count ");

  @TempDir private Path directory;

  @Test
  void prometheusOwnLinterFindsNoFault() throws Exception {
    // Given
    assumeThat(onPath("promtool"))
        .as("promtool is not on the PATH: it is in Debian's package prometheus")
        .isTrue();
    Path metrics;
    try (MeasuredEmitter emitter = start("linted", "--rate=1000")) {
      emitter.awaitSent(100);
      metrics = Files.writeString(directory.resolve("metrics"), emitter.metrics());
    }

    // When
    Path faults = directory.resolve("faults");
    new ProcessBuilder("promtool", "check", "metrics")
        .redirectInput(metrics.toFile())
        .redirectErrorStream(true)
        .redirectOutput(faults.toFile())
        .start()
        .waitFor();

    // Then
    assertThat(Files.readAllLines(faults))
        .filteredOn(line -> FOREIGN.stream().noneMatch(line::startsWith))
        .isEmpty();
  }

  @Test
  void saturationIsNearOneWhileTheBrokerIsTheBottleneck() throws Exception {
    slowBroker(
        () -> {
          try (MeasuredEmitter alone = start("slow-alone", "--rate=max");
              MeasuredEmitter member = start("slow-fleet", "--rate=max", "--fleet")) {
            for (MeasuredEmitter emitter : List.of(alone, member)) {
              emitter.await(() -> assertThat(emitter.value("saturation_ratio")).isBetween(0.5, 1.));
            }
          }
        });
  }

  @Test
  void saturationIsNearZeroWhilePacedLow() throws Exception {
    try (MeasuredEmitter alone = start("easy-alone", "--rate=1000");
        MeasuredEmitter member = start("easy-fleet", "--rate=1000", "--fleet")) {
      for (MeasuredEmitter emitter : List.of(alone, member)) {
        emitter.awaitSent(2000);
        // at its start, on a busy machine, a commit may have taken longer than was foreseen
        emitter.await(() -> assertThat(emitter.value("saturation_ratio")).isLessThan(0.1));
        assertThat(emitter.value("share_ratio")).isEqualTo(1);
        assertThat(emitter.value("fleet_target_records_per_second")).isEqualTo(1000);
        assertThat(emitter.value("target_records_per_second")).isEqualTo(1000);
        assertThat(emitter.value("schedule_delay_seconds_count")).isPositive();
      }
    }
  }

  @Test
  void poisonIsCountedBesideTheRecords() throws Exception {
    try (MeasuredEmitter member = start("poisoned", "--rate=1000", "--fleet", "--poison=10%")) {
      // Given
      member.awaitSent(1000);

      // When
      LocalStack stack = SharedStack.with(3);
      Fleets.pause(stack, "poisoned");

      // Then
      member.await(
          () -> {
            assertThat(member.value("fleet_target_records_per_second")).isZero();
            assertThat(member.value("in_flight_records")).isZero();
            double poison = member.value("poison_sent_total");
            assertThat(poison).isPositive().isEqualTo(Fleets.poisonSent(stack, "poisoned"));
            assertThat(TopicReader.readAll(stack.bootstrap(), "poisoned").size())
                .isEqualTo((int) (poison + member.value("records_sent_total")));
          });
    }
  }

  private static MeasuredEmitter start(String topic, String... more) throws IOException {
    SharedStack.with(3, topic);
    return MeasuredEmitter.start(
        topic,
        Map.of("MP_MESSAGING_OUTGOING_USER_EVENTS_BUFFER_MEMORY", "1048576"), // soon full
        more);
  }

  private interface Check {
    void run() throws Exception;
  }

  private static void slowBroker(Check check) throws Exception {
    try (Admin admin = SharedStack.with(1).broker().admin()) {
      setQuota(admin, SLOW_BYTES_PER_SECOND);
      try {
        check.run();
      } finally {
        setQuota(admin, null);
      }
    }
  }

  private static void setQuota(Admin admin, Double bytesPerSecond) throws Exception {
    ClientQuotaEntity everyClient =
        new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));
    admin
        .alterClientQuotas(
            List.of(
                new ClientQuotaAlteration(
                    everyClient,
                    List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond)))))
        .all()
        .get();
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
