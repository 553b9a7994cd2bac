// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What goes wrong where a sink writes to, once.
 *
 * @param kind what
 * @param at before or after the step
 * @param step the file that the step puts in its place, as a pattern for the end of its path
 * @param nth which such step from when it is armed, from 1
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
   * Lets it happen in a sink that was started {@link ChildSink#withFaults with faults}.
   *
   * @param directory the sink's, for its faults
   */
  public void arm(Path directory) throws IOException {
    Path fault = Files.createTempFile(directory, "fault", null);
    Files.write(fault, List.of(kind.name(), at.name(), step, Integer.toString(nth)));
    Files.move(fault, armed(directory), ATOMIC_MOVE);
  }

  /** A file that is there from when the fault happens; deleting it releases a step that waits. */
  public static Path mark(Path directory) {
    return directory.resolve("fault.mark");
  }

  /** As if none had ever been armed. */
  public static void forget(Path directory) throws IOException {
    Files.deleteIfExists(armed(directory));
    Files.deleteIfExists(mark(directory));
  }

  static Path armed(Path directory) {
    return directory.resolve("fault.armed");
  }

  static Fault read(Path armed) throws IOException {
    List<String> lines = Files.readAllLines(armed);
    return new Fault(
        Kind.valueOf(lines.get(0)),
        At.valueOf(lines.get(1)),
        lines.get(2),
        Integer.parseInt(lines.get(3)));
  }
}
