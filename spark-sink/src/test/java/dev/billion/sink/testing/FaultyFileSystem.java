// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The {@link FaultyDisk} as data files get there. */
public final class FaultyFileSystem extends LocalFileSystem {

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
}
