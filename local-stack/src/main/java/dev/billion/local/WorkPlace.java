// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * The directory of a command that works on a stack of its own.
 *
 * @param directory absolute
 * @param kept whether it stays when all went well: it was asked for
 */
public record WorkPlace(Path directory, boolean kept) {

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /**
   * The one that was asked for, else a new one of the checkout.
   *
   * @param asked null for none
   */
  public static WorkPlace of(Checkout checkout, String command, Path asked, Clock clock) {
    Path directory =
        asked != null
            ? asked
            : checkout
                .root()
                .resolve(Path.of("target", command, LocalDateTime.now(clock).format(STAMP)));
    return new WorkPlace(directory.toAbsolutePath().normalize(), asked != null);
  }

  /** Where the servers and programs write what they have to say. */
  public Path logs() {
    return directory.resolve("logs");
  }

  /** This one, kept also if that is wanted. */
  public WorkPlace keptIf(boolean wanted) {
    return new WorkPlace(directory, kept || wanted);
  }

  /** Removes it, unless it is kept. */
  public void tidyUp() {
    if (!kept) {
      Directories.remove(directory);
    }
  }
}
