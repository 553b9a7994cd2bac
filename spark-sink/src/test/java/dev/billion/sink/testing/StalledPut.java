// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A put that waits on its way to S3, or whose answer waits on its way back. */
public final class StalledPut implements FaultyLine.Fates {

  private final Fault fault;
  private final Pattern head;
  private final AtomicInteger steps = new AtomicInteger();
  private final CompletableFuture<Boolean> goesOn = new CompletableFuture<>();
  private volatile String struck;
  private volatile boolean waits;

  /**
   * @param fault which put, and on which way; it stalls
   */
  public StalledPut(Fault fault) {
    this.fault = fault;
    this.head = Pattern.compile("PUT \\S*/%s HTTP/1.1\r\n".formatted(fault.step()));
  }

  @Override
  public FaultyLine.Fate ofPut(String put) throws IOException {
    if (head.matcher(put).lookingAt() && steps.incrementAndGet() == fault.nth()) {
      struck = put;
      if (fault.at() == Fault.At.BEFORE) {
        stall();
      }
    }
    return FaultyLine.Fate.ARRIVES;
  }

  @Override
  public void answered(String put) throws IOException {
    if (put.equals(struck) && fault.at() == Fault.At.AFTER) {
      stall();
    }
  }

  public boolean hasStruck() {
    return waits;
  }

  public void release() {
    goesOn.complete(true);
  }

  /** Lets it never be done, unless it was released before. */
  public void forget() {
    goesOn.complete(false);
  }

  private void stall() throws IOException {
    waits = true;
    try {
      if (!goesOn.get()) {
        throw new IOException("forgotten");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
