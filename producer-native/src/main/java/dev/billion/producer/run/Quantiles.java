// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import org.HdrHistogram.Histogram;

/**
 * How some of the emitter's times were spread, ms. Half of them were at most {@code p50}.
 *
 * @param p50 median
 * @param p99 99th percentile
 * @param max largest
 */
public record Quantiles(double p50, double p99, double max) {

  static Quantiles of(Histogram nanos) {
    return new Quantiles(
        nanos.getValueAtPercentile(50) / 1e6,
        nanos.getValueAtPercentile(99) / 1e6,
        nanos.getMaxValue() / 1e6);
  }
}
