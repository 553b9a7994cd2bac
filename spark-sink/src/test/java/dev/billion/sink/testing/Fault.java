// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import java.nio.file.Path;
import java.util.List;

/**
 * What goes wrong in a sink's file system, once.
 *
 * @param kind what
 * @param at before or after the step
 * @param step the file that the step puts in its place, as a pattern for the end of its path
 * @param nth which such step of the process, from 1
 */
public record Fault(Kind kind, At at, String step, int nth) {

  /** What happens. */
  public enum Kind {
    /** The step waits, and with it the sink, until it is killed or released. */
    STALL,
    /** From then on nothing can be written any more. */
    FULL
  }

  /** When it happens. */
  public enum At {
    BEFORE,
    AFTER
  }

  /**
   * Arguments for the sink's JVM.
   *
   * @param mark a file that is there while the step waits; deleting it releases the sink
   */
  List<String> jvmArgs(Path mark) {
    return List.of(
        "-Dfault.kind=" + kind,
        "-Dfault.at=" + at,
        "-Dfault.step=" + step,
        "-Dfault.nth=" + nth,
        "-Dfault.mark=" + mark,
        "-Dspark.hadoop.fs.file.impl=" + FaultyFileSystem.class.getName(),
        "-Dspark.hadoop." + FaultyFs.SETTING + "=" + FaultyFs.class.getName());
  }

  static Fault fromProperties() {
    return new Fault(
        Kind.valueOf(System.getProperty("fault.kind")),
        At.valueOf(System.getProperty("fault.at")),
        System.getProperty("fault.step"),
        Integer.getInteger("fault.nth"));
  }
}
