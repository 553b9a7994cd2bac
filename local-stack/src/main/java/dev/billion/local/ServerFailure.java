// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Reads from what a server wrote why it did not start. */
final class ServerFailure {

  private static final Pattern PORT_TAKEN =
      Pattern.compile(
          "address already in use|already bound|in use by another process",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern REASON =
      Pattern.compile("exception|error|fatal", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_REASON = 300;

  private ServerFailure() {}

  /** A port was taken between its choice and its use: another port may do. */
  static final class PortTaken extends RuntimeException {
    PortTaken(String message) {
      super(message);
    }
  }

  static RuntimeException ended(ChildProcess process, int port) {
    int status = process.onExit().join();
    List<String> tail = process.tail();
    if (tail.stream().anyMatch(line -> PORT_TAKEN.matcher(line).find())) {
      return new PortTaken(
          "the %s found port %d on %s taken; its log: %s"
              .formatted(process.name(), port, Ports.HOST, process.log()));
    }
    return new LocalStackException(
        "the %s ended with status %d before it was ready: %s; its log: %s"
            .formatted(process.name(), status, reason(tail), process.log()));
  }

  static RuntimeException late(ChildProcess process, Duration readyWithin) {
    return new LocalStackException(
        "the %s was not ready within %d s; its log: %s"
            .formatted(process.name(), readyWithin.toSeconds(), process.log()));
  }

  /** The first line that speaks of an error, else the last line. */
  private static String reason(List<String> tail) {
    String line =
        tail.stream()
            .filter(text -> REASON.matcher(text).find())
            .findFirst()
            .orElse(tail.isEmpty() ? "it wrote nothing" : tail.get(tail.size() - 1))
            .strip();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
  }
}
