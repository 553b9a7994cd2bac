// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

/** That someone wants the sink to stop. Safe for use by several threads. */
public final class StopRequest {

  private boolean heeded;
  private boolean made;

  /**
   * Asks.
   *
   * @return whether it will be heeded and was not made before; otherwise asking is of no use
   */
  public synchronized boolean make() {
    boolean useful = heeded && !made;
    made = true;
    return useful;
  }

  /** Says that from now on requests are heeded. */
  public synchronized void heed() {
    heeded = true;
  }

  /** Whether someone has asked. */
  public synchronized boolean isMade() {
    return made;
  }
}
