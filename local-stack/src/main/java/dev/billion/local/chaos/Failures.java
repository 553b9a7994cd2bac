// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import dev.billion.local.LocalStackException;

/** How often programs ended by themselves. A few times that is put up with. For one thread. */
final class Failures {

  private static final int MOST = 5;

  private final Diary diary;
  private int count;

  Failures(Diary diary) {
    this.diary = diary;
  }

  /**
   * Counts one.
   *
   * @throws LocalStackException if it is one too many
   */
  void add(LocalStackException failure) {
    count++;
    diary.note(failure.getMessage());
    if (count > MOST) {
      throw failure;
    }
  }

  int count() {
    return count;
  }
}
