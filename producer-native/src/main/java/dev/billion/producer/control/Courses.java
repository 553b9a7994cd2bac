// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import dev.billion.producer.run.Run;
import java.util.Locale;

/** Courses in words. */
final class Courses {

  private Courses() {}

  static String describe(Course course) {
    Run run = course.run();
    return """
        run           %s (seed %d, %d shards), %s
        records       %s
        schedule      %s records/s, %s%s"""
        .formatted(
            run.name(),
            run.seed(),
            run.shards(),
            course.status().name().toLowerCase(Locale.ROOT),
            run.records() == Run.UNBOUNDED ? "no end" : "%,d".formatted(run.records()),
            course.schedule().rate(),
            course.schedule().profile(),
            course.schedule().paused() ? ", paused" : "");
  }
}
