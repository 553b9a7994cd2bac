// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billion.local.Checkout;
import dev.billion.local.ChildProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmarks as people start them: the built jar in a process of its own. */
class BenchIT {

  private static final int LIFETIME_MINUTES = 6;

  /** For every JVM that is started: these are measured for too short a time to be compiled well. */
  private static final Map<String, String> QUICK_START =
      Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

  @TempDir private Path directory;

  private final ConcurrentLinkedDeque<String> out = new ConcurrentLinkedDeque<>();
  private final Queue<String> err = new ConcurrentLinkedQueue<>();

  @Test
  void everyProducerSendsAllItsRecordsAndIsMeasured() throws Exception {
    // When
    int status =
        bench("producer", "--records", "20k", "--partitions", "4", "--rounds", "1", "--json");

    // Then
    assertThat(err).noneMatch(line -> line.startsWith("error: "));
    assertThat(status).isZero();
    JsonNode result = result();
    assertThat(result.get("benchmark").asText()).isEqualTo("producer");
    assertThat(result.get("machine").get("cores").asInt()).isPositive();
    assertThat(names(result)).contains("perf-tool", "raw", "emitter-jvm", "per-record");
    for (JsonNode row : result.get("rows")) {
      assertThat(row.get("records_per_second").asDouble()).as(row + "").isPositive();
      assertThat(row.get("megabytes_per_second").asDouble()).as(row + "").isPositive();
      assertThat(row.get("cpu_seconds_per_million").asDouble()).as(row + "").isPositive();
      assertThat(row.get("rss_peak_mib").asDouble()).as(row + "").isPositive();
    }
  }

  @Test
  void anEmitterAtARateItCanKeepSendsAsScheduled() throws Exception {
    // When
    int status =
        bench(
            "paced",
            "--rate",
            "1000",
            "--duration",
            "4s",
            "--warm-up",
            "2s",
            "--partitions",
            "4",
            "--rounds",
            "1",
            "--json",
            "--only",
            "paced-jvm");

    // Then
    assertThat(status).isZero();
    JsonNode row = result().get("rows").get(0);
    assertThat(row.get("name").asText()).isEqualTo("paced-jvm");
    assertThat(row.get("records_per_second").asDouble()).isPositive();
    assertThat(row.get("sent_over_scheduled").asDouble()).isBetween(0.1, 1.1);
    assertThat(row.get("cores").asDouble()).isPositive();
    assertThat(row.get("steady_schedule_delay_max_ms").asDouble())
        .isBetween(0.0, row.get("schedule_delay_max_ms").asDouble());
  }

  @Test
  void theTimeToTheFirstRecordIsMeasured() throws Exception {
    // When
    int status =
        bench(
            "start",
            "--rounds",
            "1",
            "--idle",
            "2s",
            "--partitions",
            "4",
            "--json",
            "--only",
            "start-jvm");

    // Then
    assertThat(status).isZero();
    JsonNode row = result().get("rows").get(0);
    assertThat(row.get("name").asText()).isEqualTo("start-jvm");
    assertThat(row.get("first_record_ms").asDouble())
        .isBetween(
            row.get("first_record_min_ms").asDouble(), row.get("first_record_max_ms").asDouble());
    assertThat(row.get("rss_peak_mib").asDouble()).isPositive();
  }

  @Test
  void everyDrainReadsTheWholeTopicAndTheSinksTableIsProven() throws Exception {
    // When
    int status = bench("sink", "--records", "10k", "--partitions", "4", "--rounds", "1", "--json");

    // Then
    assertThat(err).noneMatch(line -> line.startsWith("error: "));
    assertThat(status).isZero();
    JsonNode result = result();
    assertThat(names(result)).containsExactly("vanilla", "tuned", "sink", "poll", "parquet");
    for (JsonNode row : result.get("rows")) {
      assertThat(row.get("records_per_second").asDouble()).as(row + "").isPositive();
      assertThat(row.get("cpu_seconds_per_million").asDouble()).as(row + "").isPositive();
      assertThat(row.get("rss_peak_mib").asDouble()).as(row + "").isPositive();
      boolean files = !row.get("name").asText().equals("poll");
      assertThat(row.get("bytes_per_row").isNumber()).as(row + "").isEqualTo(files);
    }
    assertThat(result.get("rows").get(2).get("notes").get(0).asText()).startsWith("verified: ");
  }

  @Test
  void aPipelineIsProvenAndItsProcessesAreMeasured() throws Exception {
    // When
    int status =
        bench("pipeline", "--rate", "2000", "--duration", "5s", "--partitions", "4", "--json");

    // Then
    assertThat(err).noneMatch(line -> line.startsWith("error: "));
    assertThat(status).isZero();
    JsonNode result = result();
    assertThat(names(result)).containsExactly("producer", "broker", "sink");
    for (JsonNode row : result.get("rows")) {
      assertThat(row.get("records_per_second").asDouble()).as(row + "").isPositive();
      assertThat(row.get("cpu_seconds_per_million").asDouble()).as(row + "").isPositive();
      assertThat(row.get("cores").asDouble()).as(row + "").isPositive();
    }
    JsonNode sink = result.get("rows").get(2);
    assertThat(sink.get("lag_max").asLong()).isPositive();
    assertThat(sink.get("files").asInt()).isPositive();
    assertThat(sink.get("notes").get(0).asText()).startsWith("verified: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "producer --compression brotli | not a codec: 'brotli' (valid: none, lz4, snappy, zstd,"
            + " gzip)",
        "producer --only raw,fast | no such row: 'fast' (valid: perf-tool, raw, emitter-jvm,",
        "producer --rounds 0 | not a number of rounds: '0' (valid: 1 to 1000)",
        "paced --duration soon | not a time: 'soon'",
        "paced --duration 1ms --rate 1 | no record falls due in --duration 1ms",
        "sink --only spark | no such row: 'spark' (valid: vanilla, tuned, sink, poll, parquet)",
        "sink --partitions 0 | not a number of partitions: '0'",
        "pipeline --duration 1ms --rate 1 | no record falls due in --duration 1ms",
        "consumer | Unmatched argument at index 0: 'consumer'"
      })
  void aCommandLineThatMakesNoSenseIsOneLine(String arguments, String reason) throws Exception {
    assertThat(run(Map.of(), arguments.split(" "))).isEqualTo(2);
    assertThat(err).singleElement().asString().startsWith("error: ").contains(reason);
    assertThat(out).isEmpty();
  }

  private int bench(String... arguments) {
    return run(QUICK_START, arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    Path jar = Checkout.find().built("bench", "target", "bench.jar");
    List<String> command =
        new ArrayList<>(
            List.of(System.getProperty("java.home") + "/bin/java", "-jar", jar.toString()));
    command.addAll(List.of(arguments));
    return ChildProcess.start(
            new ChildProcess.Command("bench", command, environment, directory.resolve("bench.log")),
            out::add,
            err::add)
        .onExit()
        .orTimeout(LIFETIME_MINUTES, TimeUnit.MINUTES)
        .join();
  }

  private JsonNode result() throws Exception {
    return new ObjectMapper().readTree(out.getLast());
  }

  private static List<String> names(JsonNode result) {
    return StreamSupport.stream(result.get("rows").spliterator(), false)
        .map(row -> row.get("name").asText())
        .toList();
  }
}
