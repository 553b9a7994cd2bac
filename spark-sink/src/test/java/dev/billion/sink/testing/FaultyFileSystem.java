// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import dev.billion.sink.table.LocalFiles;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The {@link FaultyDisk} as data files get there, and commits of Spark's checkpoint: by a rename.
 */
public final class FaultyFileSystem extends LocalFiles {

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return FaultyDisk.create(
        () ->
            super.create(
                file, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return FaultyDisk.publish(to, () -> super.rename(from, to));
  }
}
