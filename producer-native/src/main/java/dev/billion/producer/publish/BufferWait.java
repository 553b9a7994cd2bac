// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;

/**
 * How long a producer's {@code send} has waited for room in its buffer, as Kafka's own metric
 * {@code bufferpool-wait-time-ns-total} has it. For one thread.
 */
final class BufferWait {

  private static final String NAME = "bufferpool-wait-time-ns-total";

  private Producer<?, ?> producer;
  private Metric total;
  private double before;

  /** ns waited since it was last asked. */
  long nanosMore(Producer<?, ?> present) {
    if (present != producer) { // a member of a fleet makes another after a failure
      producer = present;
      total = find(present);
      before = 0;
    }
    double now = (double) total.metricValue();
    long more = (long) (now - before);
    before = now;
    return more;
  }

  private static Metric find(Producer<?, ?> producer) {
    return producer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals(NAME))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no such metric of the producer: " + NAME));
  }
}
