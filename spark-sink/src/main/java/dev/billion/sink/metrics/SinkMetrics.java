// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.metrics;

import dev.billion.schemas.DeadLetterReason;
import dev.billion.sink.stream.BatchFiles;
import dev.billion.sink.stream.Observer;
import dev.billion.sink.stream.Phase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * What one process of the sink has done and how far it is, as metrics. What a batch added is
 * counted once both tables have it. Safe for use by several threads.
 */
public final class SinkMetrics implements Observer, AutoCloseable {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5)
  };

  private final Clock clock;
  private final Lag lag;
  private final Health health;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmMeters jvm = new JvmMeters(registry);
  private final Timer batches =
      Timer.builder("sink.batch.duration")
          .description("From a batch's plan to its end.")
          .serviceLevelObjectives(BUCKETS)
          .register(registry);
  private final Map<Phase, Timer> phases = new EnumMap<>(Phase.class);
  private final Counter records =
      Counter.builder("sink.input.records")
          .description("Records read of the topic.")
          .register(registry);
  private final Counter lost =
      Counter.builder("sink.lost.offsets")
          .description("Offsets that were gone from Kafka before they were read.")
          .register(registry);
  private final Counter compacted =
      Counter.builder("sink.compacted.files")
          .description("Small files that the tables have fewer, since large ones took their place.")
          .register(registry);
  private final TableMeters events = new TableMeters(registry, "events");
  private final TableMeters deadLetters = new TableMeters(registry, "dead_letters");
  private final Map<DeadLetterReason, Counter> reasons = new EnumMap<>(DeadLetterReason.class);
  private final MultiGauge partitions =
      MultiGauge.builder("sink.partition.lag")
          .baseUnit("records")
          .description("Offsets of a partition that are not committed yet.")
          .register(registry);
  private volatile long lastBatch = -1;
  private volatile double lastCommit = Double.NaN;
  private volatile double registryUp = Double.NaN;

  /**
   * @param longestBatch a batch that takes longer hangs
   */
  public SinkMetrics(Clock clock, Duration longestBatch) {
    this.clock = clock;
    lag = new Lag(clock);
    health = new Health(clock, longestBatch, lag);
    for (Phase phase : Phase.values()) {
      phases.put(
          phase,
          Timer.builder("sink.phase.duration")
              .description("The parts of a batch.")
              .tag("phase", name(phase))
              .register(registry));
    }
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      reasons.put(
          reason,
          Counter.builder("sink.dead.letters")
              .description("Dead letters committed, by what is wrong with them.")
              .tag("reason", name(reason))
              .register(registry));
    }
    gauge("sink.lag.records", lag::records, "Offsets that are not committed yet.");
    gauge("sink.lag.seconds", lag::seconds, "Age of the newest committed record, if others wait.");
    gauge("sink.last.batch.id", () -> lastBatch, "The last batch that was committed, -1 before.");
    gauge(
        "sink.last.commit.timestamp.seconds",
        () -> lastCommit,
        "When a batch was last committed, in s since 1970; NaN before.");
    gauge(
        "sink.registry.up",
        () -> registryUp,
        "Whether the registry answered when it was last asked, 1 or 0; NaN before.");
    gauge(
        "sink.running.batch.seconds",
        () -> health.running().toMillis() / 1e3,
        "How long the running batch has taken so far, 0 if none runs.");
  }

  @Override
  public void began() {
    health.began();
  }

  @Override
  public void took(Phase phase, Duration time) {
    phases.get(phase).record(time);
  }

  @Override
  public void committed(long batch, BatchFiles files) {
    records.increment(files.intake().records());
    events.add(files.events());
    deadLetters.add(files.deadLetters());
    files.intake().deadLetters().forEach((reason, count) -> reasons.get(reason).increment(count));
    lastBatch = batch;
    lastCommit = clock.millis() / 1e3;
    lag.committed(files.intake().newest());
    health.committed();
  }

  @Override
  public void lost(long offsets) {
    lost.increment(offsets);
  }

  @Override
  public void finished(Duration whole) {
    batches.record(whole);
  }

  @Override
  public void begins(Map<TopicPartition, Long> offsets) {
    lag.begins(offsets);
  }

  @Override
  public void next(Map<TopicPartition, Long> offsets) {
    lag.next(offsets);
  }

  @Override
  public void ends(Map<TopicPartition, Long> offsets) {
    lag.ends(offsets);
  }

  @Override
  public void compacted(int files) {
    compacted.increment(files);
  }

  @Override
  public void registry(boolean answers) {
    registryUp = answers ? 1 : 0;
  }

  Health health() {
    return health;
  }

  /** All metrics, in the text format of Prometheus. */
  String scrape() {
    partitions.register(
        lag.byPartition().entrySet().stream()
            .map(
                entry ->
                    MultiGauge.Row.of(
                        Tags.of("partition", entry.getKey().toString()), entry.getValue()))
            .toList(),
        true);
    return registry.scrape();
  }

  private void gauge(String name, Supplier<Number> value, String description) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    jvm.close();
    registry.close();
  }
}
