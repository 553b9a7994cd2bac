// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

/** Whether someone wants the sink to stop. Safe for use by several threads. */
public final class StopRequest {

  private volatile boolean made;

  public void make() {
    made = true;
  }

  public boolean isMade() {
    return made;
  }
}
