// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The one disk of a process, with the {@link Fault} that its system properties describe. */
final class FaultyDisk {

  private static final Fault FAULT = Fault.fromProperties();
  private static final Pattern STEP = Pattern.compile(".*/" + FAULT.step());
  private static final java.nio.file.Path MARK =
      java.nio.file.Path.of(System.getProperty("fault.mark"));
  private static final AtomicInteger STEPS = new AtomicInteger();
  private static volatile boolean full;

  private FaultyDisk() {}

  /** Does something with a file. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  /** Puts a file in its place. */
  static <T> T rename(Path to, Call<T> rename) throws IOException {
    boolean strikes =
        STEP.matcher(to.toUri().getPath()).matches() && STEPS.incrementAndGet() == FAULT.nth();
    if (strikes && FAULT.at() == Fault.At.BEFORE) {
      strike();
    }
    T result = rename.run();
    if (strikes && FAULT.at() == Fault.At.AFTER) {
      strike();
    }
    return result;
  }

  /** Opens a new file; on a full disk one that takes nothing, as Linux has it ready. */
  static FSDataOutputStream create(Call<FSDataOutputStream> create) throws IOException {
    if (!full) {
      return create.run();
    }
    RawLocalFileSystem files = new RawLocalFileSystem();
    files.initialize(URI.create("file:///"), new Configuration());
    return files.append(new Path("/dev/full"));
  }

  private static void strike() throws IOException {
    full = FAULT.kind() == Fault.Kind.FULL;
    Files.createFile(MARK);
    while (!full && Files.exists(MARK)) {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while it waits for its end");
      }
    }
  }
}
