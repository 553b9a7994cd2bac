// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import dev.billion.local.demo.Workspace;
import java.util.List;
import java.util.function.Function;

/**
 * A way of reading a topic to its end, as a program.
 *
 * @param name what it is called
 * @param leaves what it leaves in the workspace's directory of events
 * @param command how to run it on a workspace
 */
public record Drain(String name, Leaves leaves, Function<Workspace, List<String>> command) {

  /** What is there afterwards. */
  public enum Leaves {
    NOTHING,
    FILES,
    TABLE,
    /** A table that holds what a proof needs. */
    PROVABLE_TABLE
  }
}
