// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;

/**
 * Adds up events of one key. Users are counted by a HyperLogLog sketch (Flajolet et al. 2007, by
 * Apache DataSketches) as Spark's {@code hll_sketch_agg} makes them, so that its other functions
 * take it. With 2^12 registers the standard error of the count is 1.6%. For one thread.
 */
final class KpiSum {

  private static final int LG_REGISTERS = 12;

  private final Union users = new Union(LG_REGISTERS);
  private long events;
  private long revenueCents;
  private long lastIngest = Long.MIN_VALUE;

  void add(long user, long cents, long ingest) {
    users.update(user);
    events++;
    revenueCents += cents;
    lastIngest = Math.max(lastIngest, ingest);
  }

  void add(KpiPart part) {
    users.update(HllSketch.wrap(Memory.wrap(part.users())));
    events += part.events();
    revenueCents += part.revenueCents();
    lastIngest = Math.max(lastIngest, part.lastIngest());
  }

  /** The sum so far, to be added to others. */
  KpiPart part() {
    return new KpiPart(events, revenueCents, lastIngest, users.toCompactByteArray());
  }

  long events() {
    return events;
  }

  long revenueCents() {
    return revenueCents;
  }

  long lastIngest() {
    return lastIngest;
  }

  /** The users, in half a byte a register: as small as it gets. */
  HllSketch users() {
    return users.getResult(TgtHllType.HLL_4);
  }
}
