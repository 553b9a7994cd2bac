// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.schemas.DeadLetterReason;
import dev.billion.sink.SinkException;
import dev.billion.sink.stream.BatchFiles;
import dev.billion.sink.stream.Intake;
import dev.billion.sink.stream.Phase;
import dev.billion.sink.testing.HandClock;
import dev.billion.sink.write.DataFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {

  private static final TopicPartition PARTITION = new TopicPartition("topic", 3);

  private final HandClock clock = new HandClock();
  private final SinkMetrics metrics = new SinkMetrics(clock, Duration.ofMinutes(15));
  private final MetricsServer server =
      new MetricsServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), metrics);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
    metrics.close();
  }

  @Test
  void whatABatchAddedIsCounted() throws Exception {
    metrics.began();
    metrics.took(Phase.WRITE, Duration.ofMillis(1_500));
    metrics.committed(
        7,
        new BatchFiles(
            List.of(file(100, 40), file(50, 20)),
            List.of(file(9, 3)),
            new Intake(63, clock.millis(), Map.of(DeadLetterReason.BAD_MAGIC, 3L))));
    metrics.lost(5);
    metrics.finished(Duration.ofSeconds(2));
    metrics.ends(Map.of(PARTITION, 70L));
    metrics.next(Map.of(PARTITION, 63L));
    metrics.registry(true);

    assertThat(get("/q/metrics").body().lines())
        .contains(
            "sink_input_records_total 63.0",
            "sink_lost_offsets_total 5.0",
            "sink_committed_rows_total{table=\"events\"} 60.0",
            "sink_committed_files_total{table=\"events\"} 2.0",
            "sink_committed_bytes_total{table=\"events\"} 150.0",
            "sink_committed_rows_total{table=\"dead_letters\"} 3.0",
            "sink_dead_letters_total{reason=\"bad_magic\"} 3.0",
            "sink_dead_letters_total{reason=\"too_short\"} 0.0",
            "sink_phase_duration_seconds_sum{phase=\"write\"} 1.5",
            "sink_batch_duration_seconds_bucket{le=\"1.0\"} 0",
            "sink_batch_duration_seconds_bucket{le=\"2.0\"} 1",
            "sink_last_batch_id 7.0",
            "sink_last_commit_timestamp_seconds 1000000.0",
            "sink_partition_lag_records{partition=\"3\"} 7.0",
            "sink_lag_records 7.0",
            "sink_lag_seconds 0.0",
            "sink_registry_up 1.0");
  }

  @Test
  void aBatchThatHangsIsNotAlive() throws Exception {
    metrics.began();
    clock.advance(Duration.ofMinutes(15));
    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);

    clock.advance(Duration.ofSeconds(1));
    assertThat(get("/q/health/live").statusCode()).isEqualTo(503);
    assertThat(get("/q/health/live").body()).startsWith("{\"status\":\"DOWN\"");
    assertThat(get("/q/metrics").body()).contains("\nsink_running_batch_seconds 901.0\n");

    metrics.committed(0, new BatchFiles(List.of(), List.of(), new Intake(0, -1, Map.of())));
    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void itIsReadyWithTheFirstBatchOrWithNothingToDo() throws Exception {
    assertThat(get("/q/health/ready").statusCode()).isEqualTo(503);
    metrics.ends(Map.of(PARTITION, 1L));
    assertThat(get("/q/health/ready").statusCode()).isEqualTo(503);

    metrics.ends(Map.of(PARTITION, 0L));
    assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);

    metrics.ends(Map.of(PARTITION, 1L));
    metrics.committed(0, new BatchFiles(List.of(), List.of(), new Intake(1, 0, Map.of())));
    assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void nothingElseIsServed() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/q/metrics/more").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(uri("/q/metrics")).POST(HttpRequest.BodyPublishers.noBody()).build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(405);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(
            () -> new MetricsServer(new InetSocketAddress("127.0.0.1", server.port()), metrics))
        .isInstanceOf(SinkException.class)
        .hasMessage(
            "cannot serve metrics at 127.0.0.1:%d: Address already in use (valid: an address of this machine and a free port)",
            server.port());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static DataFile file(long bytes, long rows) {
    return new DataFile("file:/part", null, bytes, rows, 0, Map.of());
  }
}
