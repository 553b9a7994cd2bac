// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.SinkException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second sink away from a checkpoint on a local disk. The operating system drops the lock
 * with the process, so nothing is left behind by a crash. S3 has no such lock; there the first
 * batch that both plan ends one of them, see {@link dev.billion.sink.s3.S3CheckpointFiles}.
 */
final class CheckpointLock implements AutoCloseable {

  private final FileChannel channel;

  private CheckpointLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws SinkException if another sink has it
   */
  static CheckpointLock acquire(Path checkpoint) {
    Path file = checkpoint.resolve(".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return new CheckpointLock(channel);
        }
      } catch (OverlappingFileLockException e) {
        // a sink in this very process; refused below like any other
      }
      channel.close();
      throw new SinkException(
          "checkpoint %s is in use by another sink (valid: one sink per checkpoint; lock file %s)"
              .formatted(checkpoint, file));
    } catch (IOException e) {
      throw new SinkException(
          "cannot write to checkpoint %s: %s (valid: a directory this process may write)"
              .formatted(checkpoint, e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new SinkException("cannot release the checkpoint's lock: " + e.getMessage(), e);
    }
  }
}
