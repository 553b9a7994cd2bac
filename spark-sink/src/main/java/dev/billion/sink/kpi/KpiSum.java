// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;

/**
 * Adds up parts of one key. Users are counted by a HyperLogLog sketch (Flajolet et al. 2007, by
 * Apache DataSketches) as Spark's {@code hll_sketch_agg} makes them, so that its other functions
 * take it. With 2^12 registers the standard error of the count is 1.6%. A part of the table that
 * nothing is added to stays as it is. For one thread.
 */
final class KpiSum {

  static final int LG_REGISTERS = 12;

  private KpiPart sum;
  private Union users;

  void add(KpiPart part) {
    if (sum == null) {
      sum = part;
      return;
    }
    unite();
    users.update(sketch(part));
    sum =
        KpiPart.fresh(
            sum.events() + part.events(),
            sum.revenueCents() + part.revenueCents(),
            Math.max(sum.lastIngest(), part.lastIngest()),
            sum.sketch());
  }

  /** The sum of all parts, as the table has it. */
  KpiPart total() {
    if (sum.isWhole()) {
      return sum;
    }
    unite();
    HllSketch small = users.getResult(TgtHllType.HLL_4); // half a byte a register
    return new KpiPart(
        sum.events(),
        sum.revenueCents(),
        sum.lastIngest(),
        Math.round(small.getEstimate()),
        small.toCompactByteArray());
  }

  private void unite() {
    if (users == null) {
      users = new Union(LG_REGISTERS);
      users.update(sketch(sum));
    }
  }

  private static HllSketch sketch(KpiPart part) {
    return HllSketch.wrap(Memory.wrap(part.sketch()));
  }
}
