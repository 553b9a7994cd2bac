// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import org.apache.datasketches.hll.HllSketch;

/**
 * Adds up parts of one key, of which the table has one at most. Users are counted by a HyperLogLog
 * sketch (Flajolet et al. 2007, by Apache DataSketches) as Spark's {@code hll_sketch_agg} makes
 * them, so that its other functions take it. With 2^12 registers the standard error of the count is
 * 1.6%. A part of the table that nothing is added to stays as it is. For one thread.
 */
final class KpiSum {

  private KpiPart known;
  private Users users;
  private long events;
  private long revenueCents;
  private long lastIngest = Long.MIN_VALUE;

  void add(KpiPart part) {
    if (part.isWhole()) {
      known = part;
    } else {
      if (users == null) {
        users = new Users();
      }
      users.addAll(part.userBytes());
    }
    events += part.events();
    revenueCents += part.revenueCents();
    lastIngest = Math.max(lastIngest, part.lastIngest());
  }

  /** The sum of all parts, as the table has it. */
  KpiPart total() {
    if (users == null) {
      return known;
    }
    byte[] sketch = users.sketch(known == null ? null : known.userBytes());
    long estimate = Math.round(HllSketch.heapify(sketch).getEstimate());
    return new KpiPart(events, revenueCents, lastIngest, estimate, sketch);
  }
}
