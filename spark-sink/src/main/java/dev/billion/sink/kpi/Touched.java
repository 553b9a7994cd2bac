// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.table.LoggedFile;
import dev.billion.sink.table.TableLog;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import scala.Tuple2;

/**
 * What some events are about.
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

  static Touched of(List<Tuple2<KpiKey, KpiPart>> parts) {
    TreeSet<Long> minutes = new TreeSet<>();
    long events = 0;
    for (Tuple2<KpiKey, KpiPart> part : parts) {
      minutes.add(part._1().minute());
      events += part._2().events();
    }
    return new Touched(minutes, events);
  }

  Touched plus(Touched other) {
    TreeSet<Long> both = new TreeSet<>(minutes);
    both.addAll(other.minutes);
    return new Touched(both, events + other.events);
  }

  /** Those files of a KPI table that may have rows of the same minutes. */
  List<LoggedFile> filesOf(TableLog kpis) {
    return kpis.files().stream().filter(this::mayBeIn).toList();
  }

  /** A file whose times are not known may have any. */
  private boolean mayBeIn(LoggedFile file) {
    return file.times("minute").map(this::isWithin).orElse(true);
  }

  private boolean isWithin(LoggedFile.Times times) {
    Long next = minutes.ceiling(ChronoUnit.MICROS.between(Instant.EPOCH, times.first()));
    return next != null && next <= ChronoUnit.MICROS.between(Instant.EPOCH, times.last());
  }
}
