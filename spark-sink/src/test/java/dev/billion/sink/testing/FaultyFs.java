// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.AbstractFileSystem;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FilterFs;
import org.apache.hadoop.fs.Options.ChecksumOpt;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.local.LocalFs;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The {@link FaultyDisk} as commits of Spark's checkpoint get there: by a rename. */
public final class FaultyFs extends FilterFs {

  static final String SETTING = "fs.AbstractFileSystem.file.impl";

  public FaultyFs(URI uri, Configuration conf) throws IOException, URISyntaxException {
    super(AbstractFileSystem.createFileSystem(uri, withoutFaults(conf)));
  }

  @Override
  public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
    FaultyDisk.publish(
        to,
        () -> {
          super.renameInternal(from, to, overwrite);
          return null;
        });
  }

  @Override
  public FSDataOutputStream createInternal(
      Path file,
      EnumSet<CreateFlag> flag,
      FsPermission permission,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress,
      ChecksumOpt checksums,
      boolean createParent)
      throws IOException {
    return FaultyDisk.create(
        () ->
            super.createInternal(
                file,
                flag,
                permission,
                bufferSize,
                replication,
                blockSize,
                progress,
                checksums,
                createParent));
  }

  private static Configuration withoutFaults(Configuration conf) {
    Configuration plain = new Configuration(conf);
    plain.set(SETTING, LocalFs.class.getName());
    return plain;
  }
}
