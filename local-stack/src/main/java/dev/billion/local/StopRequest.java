// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as an interrupt: the thread that does the work stops its children in the right
 * order, and the JVM exits when it has.
 */
public final class StopRequest {

  private static final long CLEAN_UP_SECONDS = 120;

  private final Thread worker;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile int status;

  private StopRequest(Thread worker) {
    this.worker = worker;
  }

  /** Interrupts a thread when the JVM is asked to stop, from now on. */
  static StopRequest interrupting(Thread worker) {
    StopRequest request = new StopRequest(worker);
    Runtime.getRuntime().addShutdownHook(new Thread(request::stop, "stop-request"));
    return request;
  }

  /** Whether the JVM was asked to stop. */
  public boolean requested() {
    return requested;
  }

  /** The worker has cleaned up; its status counts where it is 0, else the signal's. */
  void finished(int status) {
    this.status = status;
    finished.countDown();
  }

  private void stop() {
    if (finished.getCount() == 0) {
      return;
    }
    requested = true;
    worker.interrupt();
    try {
      if (finished.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS) && status == 0) {
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
