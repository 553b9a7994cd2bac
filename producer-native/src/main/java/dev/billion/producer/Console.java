// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

/** The two streams a command has: results on standard output, all else on standard error. */
public final class Console {

  private Console() {}

  /** One line that says what is wrong, where, and what would be valid. */
  public static void error(String line) {
    System.err.println("error: " + line.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  public static void note(String line) {
    System.err.println(line);
  }

  public static void result(String text) {
    System.out.println(text);
  }
}
