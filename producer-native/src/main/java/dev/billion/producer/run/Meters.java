// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** What the emitter measures of itself. The counts of records are plain adders: they are hot. */
@Singleton
public class Meters {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
    Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2)
  };

  private final MeterRegistry registry;
  private final LongAdder records = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private final LongAdder poison = new LongAdder();
  private final Timer batchLatency;
  private final Timer scheduleDelay;
  private final Histogram batchLatencies = new Histogram(3);
  private final Histogram scheduleDelays = new Histogram(3);
  private final Histogram steadyScheduleDelays = new Histogram(3);
  private volatile long lastScheduleDelayNanos;

  Meters(MeterRegistry registry) {
    this.registry = registry;
    counter("emitter.records.sent", "Records the broker has acknowledged", records)
        .register(registry);
    counter("emitter.sent", "Size of the values of the acknowledged records", bytes)
        .baseUnit("bytes")
        .register(registry);
    counter("emitter.dead.letters", "Records sent to the dead-letter topic instead", deadLetters)
        .register(registry);
    counter("emitter.poison.sent", "Poison records the broker has acknowledged", poison)
        .register(registry);
    FunctionCounter.builder("process.cpu", ProcessHandle.current(), Meters::cpuSeconds)
        .description("Processor time that this process has used, in user and kernel mode")
        .baseUnit("seconds")
        .register(registry);
    batchLatency =
        timer("emitter.batch.latency", "From handing a batch on to its last acknowledgement");
    scheduleDelay =
        timer("emitter.schedule.delay", "How long after its intended time a batch was handed on");
  }

  void start(Emission emission) {
    gauge(
        "emitter.fleet.target.records.per.second",
        "Records per second wanted of all emitters of the run, +Inf for as many as possible",
        emission::targetPerSecond);
    gauge(
        "emitter.target.records.per.second",
        "Records per second wanted of this emitter, +Inf for as many as possible",
        () -> share(emission) == 0 ? 0 : share(emission) * emission.targetPerSecond());
    gauge(
        "emitter.share.ratio",
        "The part of the run's shards that this emitter holds",
        () -> share(emission));
    gauge(
        "emitter.in.flight.records",
        "Records handed on and not yet acknowledged",
        emission::inFlight);
    gauge(
        "emitter.stalled.seconds",
        "How long records have been on their way while none came home, 0 if none are",
        () -> emission.stalledNanos() / 1e9);
  }

  public void recordsSent(long count, long valueBytes) {
    records.add(count);
    bytes.add(valueBytes);
  }

  public void recordFailed(Throwable failure) {
    errors.increment();
    Counter.builder("emitter.errors")
        .description("Records that failed at first, by the failure's class")
        .tag("kind", failure.getClass().getSimpleName())
        .register(registry)
        .increment();
  }

  public void deadLetterSent() {
    deadLetters.increment();
  }

  public void poisonSent(long count) {
    poison.add(count);
  }

  void batchLatency(long nanos) {
    batchLatency.record(nanos, TimeUnit.NANOSECONDS);
    synchronized (batchLatencies) {
      batchLatencies.recordValue(nanos);
    }
  }

  void scheduleDelay(long nanos, boolean steady) {
    scheduleDelay.record(nanos, TimeUnit.NANOSECONDS);
    synchronized (scheduleDelays) {
      scheduleDelays.recordValue(nanos);
      if (steady) {
        steadyScheduleDelays.recordValue(nanos);
      }
    }
    lastScheduleDelayNanos = nanos;
  }

  public long recordsSent() {
    return records.sum();
  }

  public long bytesSent() {
    return bytes.sum();
  }

  public long errors() {
    return errors.sum();
  }

  public long deadLetters() {
    return deadLetters.sum();
  }

  public long poison() {
    return poison.sum();
  }

  /** How late the latest batch was, ns. */
  public long lastScheduleDelayNanos() {
    return lastScheduleDelayNanos;
  }

  public Quantiles batchLatencyMillis() {
    synchronized (batchLatencies) {
      return Quantiles.of(batchLatencies);
    }
  }

  public Quantiles scheduleDelayMillis() {
    synchronized (scheduleDelays) {
      return Quantiles.of(scheduleDelays);
    }
  }

  /** Of the batches after the plan's warm-up, if there were any. */
  public Optional<Quantiles> steadyScheduleDelayMillis() {
    synchronized (scheduleDelays) {
      return steadyScheduleDelays.getTotalCount() == 0
          ? Optional.empty()
          : Optional.of(Quantiles.of(steadyScheduleDelays));
    }
  }

  private static double share(Emission emission) {
    return (double) emission.held().size() / emission.plan().run().shards();
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(time -> time.toNanos() / 1e9).orElse(Double.NaN);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  private static FunctionCounter.Builder<LongAdder> counter(
      String name, String description, LongAdder adder) {
    return FunctionCounter.builder(name, adder, LongAdder::sum).description(description);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
