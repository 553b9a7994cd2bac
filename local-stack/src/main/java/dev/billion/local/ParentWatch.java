// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.IOException;

/**
 * Java agent of every child process: ends the child when the pipe on its standard input does. The
 * parent holds the other end, and the kernel closes it however the parent dies, {@code kill -9}
 * included. Uses nothing but the JDK, for it is loaded into foreign programs.
 */
public final class ParentWatch {

  private static final int PARENT_GONE = 1;

  private ParentWatch() {}

  /** Called by the JVM before the child's main method. */
  public static void premain(String arguments) {
    Thread watch = new Thread(ParentWatch::haltAtEndOfInput, "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void haltAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever sent; the end is what counts
      }
    } catch (IOException e) {
      // a broken pipe says the same as its end
    }
    Runtime.getRuntime().halt(PARENT_GONE);
  }
}
