// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import java.nio.file.Path;

/**
 * Where a demo keeps what.
 *
 * @param directory the top, also that of the stack
 */
public record Workspace(Path directory) {

  public Path events() {
    return directory.resolve("events");
  }

  public Path deadLetters() {
    return directory.resolve("dead_letters");
  }

  public Path checkpoint() {
    return directory.resolve("checkpoint");
  }

  /** What the producer says it sent: the measure of the proof. */
  public Path sent() {
    return directory.resolve("sent.json");
  }

  public Path log(String program) {
    return directory.resolve("logs").resolve(program + ".log");
  }
}
