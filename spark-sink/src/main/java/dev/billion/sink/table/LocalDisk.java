// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has files of a local disk survive a power failure (fsync). The system keeps what a program writes
 * in memory for half a minute, and then writes it in an order of its own: without this a table
 * could have lost commits that Kafka and checkpoint count as done, or name files that are empty.
 */
public final class LocalDisk {

  private static final Logger LOG = LoggerFactory.getLogger(LocalDisk.class);
  private static final String SCHEME = "file";
  private static final int DIRECTORIES = 2; // of the table, and of its log or a partition

  private LocalDisk() {}

  /**
   * Has a file survive, and its name, and that of its directory, which may be new as well. Other
   * file systems than the local one have what is written once it is closed: there it does nothing.
   *
   * @param file its address, with the file system's scheme
   */
  public static void sync(org.apache.hadoop.fs.Path file) throws IOException {
    if (!SCHEME.equals(file.toUri().getScheme())) {
      return;
    }
    Path local = Path.of(file.toUri().getPath());
    syncContent(local);
    Path sums = local.resolveSibling(".%s.crc".formatted(local.getFileName()));
    if (Files.exists(sums)) { // Hadoop's, who refuses a file that has only some of them
      syncContent(sums);
    }
    Path directory = local.getParent();
    for (int i = 0; i < DIRECTORIES; i++) {
      syncDirectory(directory);
      directory = directory.getParent();
    }
  }

  /** Has what is in a file survive, under whatever name. */
  static void syncContent(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      channel.force(true);
    }
  }

  /** Not every file system can, and not every process may read the directory that a table is in. */
  private static void syncDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.debug("{} not synced", directory, e);
    }
  }
}
