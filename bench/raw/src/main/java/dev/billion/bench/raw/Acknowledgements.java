// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.raw;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What came back from the broker: how many records, and how long some of them took. One record in
 * 64 is timed, of those after the first fifth: timing each would be a cost of its own. Safe for use
 * by several threads.
 */
public final class Acknowledgements {

  private static final int TIMED = 64;
  private static final int DIGITS = 3;

  private final long records;
  private final LongAdder sent = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final Histogram micros = new ConcurrentHistogram(DIGITS);

  /**
   * @param records how many there will be
   */
  public Acknowledgements(long records) {
    this.records = records;
  }

  /** Whether record {@code index} is one to time. */
  public boolean timed(long index) {
    return index % TIMED == 0 && index >= records / 5;
  }

  public void acknowledged() {
    sent.increment();
  }

  /** A record came back that was sent at {@code nanos} of {@link System#nanoTime}. */
  public void acknowledged(long nanos) {
    sent.increment();
    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - nanos));
  }

  public void failed() {
    errors.increment();
  }

  public long sent() {
    return sent.sum();
  }

  public long errors() {
    return errors.sum();
  }

  /** Whether every record came back, well or not. */
  public boolean complete() {
    return sent() + errors() == records;
  }

  /** The result as one line of JSON. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "{\"records\":%d,\"errors\":%d,\"latency_ms\":{\"p50\":%.3f,\"p99\":%.3f}}",
        sent(),
        errors(),
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3);
  }
}
