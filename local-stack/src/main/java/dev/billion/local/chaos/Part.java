// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

/** A part of the pipeline that faults strike. Safe for use by several threads. */
interface Part {

  /**
   * Strikes, keeps the struck part away for as long as the strike says, and has it come back.
   *
   * @return whether all is well again; asked until it is
   */
  Recovery strike(Strike strike) throws InterruptedException;

  /**
   * Looks after it, as an orchestrator would. Called all the time.
   *
   * @throws dev.billion.local.LocalStackException if it ended as it should not
   */
  void tend();

  /** Tells whether a part is well again after a strike. */
  interface Recovery {
    boolean isComplete() throws InterruptedException;
  }
}
