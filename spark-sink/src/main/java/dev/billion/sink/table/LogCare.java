// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Keeps the log of a table short: checkpoints, and the deletion of files that are older than the
 * table's {@code delta.logRetentionDuration} and that a checkpoint has made superfluous.
 */
final class LogCare {

  private static final String COMMIT = ".json";
  private static final String CHECKSUM = ".crc";

  /** In versions: to look for them takes the longer, the longer the log is. */
  private static final int CHECKSUMS_EVERY = 100;

  private static final String CHECKPOINT = "%020d.checkpoint.parquet";

  private LogCare() {}

  /**
   * Writes a checkpoint and deletes what is too old. Kernel deletes commits and checkpoints, and
   * only with a checkpoint of the newest version, which the one that it writes after a commit never
   * is to it. The checksums of these commits it leaves behind.
   *
   * @param newest the newest version
   */
  static void checkpoint(Engine engine, Snapshot newest) throws IOException {
    newest.writeCheckpoint(engine);
    LocalDisk.sync(
        new Path(newest.getLogPath().toString(), CHECKPOINT.formatted(newest.getVersion())));
    FileSystemClient files = engine.getFileSystemClient();
    if (newest.getVersion() % CHECKSUMS_EVERY == 0) {
      for (String checksum : checksumsWithoutCommit(files, newest.getLogPath().toString())) {
        files.delete(checksum);
      }
    }
  }

  /** In the order of names, as they are listed, these come before the first commit. */
  private static List<String> checksumsWithoutCommit(FileSystemClient files, String log)
      throws IOException {
    List<String> checksums = new ArrayList<>();
    try (CloseableIterator<FileStatus> list = files.listFrom(log + "/0")) {
      while (list.hasNext()) {
        String path = list.next().getPath();
        if (path.endsWith(COMMIT)) {
          checksums.remove(path.replace(COMMIT, CHECKSUM));
          return checksums;
        }
        if (path.endsWith(CHECKSUM)) {
          checksums.add(path);
        }
      }
    }
    return List.of();
  }
}
