// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.TreeSet;
import scala.Tuple2;

/**
 * What some blocks are about.
 *
 * @param minutes the begins of their minutes, in microseconds since 1970
 * @param events how many events they are
 */
record Touched(TreeSet<Long> minutes, long events) implements Serializable {

  static final Touched NOTHING = new Touched(new TreeSet<>(), 0);

  static Touched of(Iterator<Tuple2<Long, KpiBlock>> blocks) {
    TreeSet<Long> minutes = new TreeSet<>();
    long events = 0;
    while (blocks.hasNext()) {
      Tuple2<Long, KpiBlock> block = blocks.next();
      minutes.add(block._1());
      events += block._2().events();
    }
    return new Touched(minutes, events);
  }

  Touched plus(Touched other) {
    TreeSet<Long> both = new TreeSet<>(minutes);
    both.addAll(other.minutes);
    return new Touched(both, events + other.events);
  }

  /** Whether a minute begins between two times. */
  boolean within(Instant first, Instant last) {
    Long next = minutes.ceiling(ChronoUnit.MICROS.between(Instant.EPOCH, first));
    return next != null && next <= ChronoUnit.MICROS.between(Instant.EPOCH, last);
  }
}
