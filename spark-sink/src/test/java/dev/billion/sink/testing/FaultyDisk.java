// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The one disk of a process, with the {@link Fault} that is armed, if any. */
final class FaultyDisk {

  /** The system property that names the directory of the faults. */
  static final String DIRECTORY = "fault.directory";

  private static final java.nio.file.Path FAULTS =
      java.nio.file.Path.of(System.getProperty(DIRECTORY));
  private static final java.nio.file.Path ARMED = Fault.armed(FAULTS);
  private static final java.nio.file.Path MARK = Fault.mark(FAULTS);
  private static final AtomicInteger STEPS = new AtomicInteger();
  private static volatile boolean full;

  private FaultyDisk() {}

  /** Does something with a file. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  /** Puts a file in its place. */
  static <T> T publish(Path to, Call<T> publish) throws IOException {
    Fault fault = Files.exists(ARMED) ? Fault.read(ARMED) : null;
    boolean strikes =
        fault != null
            && to.toUri().getPath().matches(".*/" + fault.step())
            && STEPS.incrementAndGet() == fault.nth();
    if (strikes && fault.at() == Fault.At.BEFORE) {
      strike(fault);
    }
    T result = publish.run();
    if (strikes && fault.at() == Fault.At.AFTER) {
      strike(fault);
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

  static boolean isFull() {
    return full;
  }

  private static void strike(Fault fault) throws IOException {
    STEPS.set(0);
    full = fault.kind() == Fault.Kind.FULL;
    Files.move(ARMED, MARK);
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
