// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import dev.billion.sink.table.LocalLogStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The {@link FaultyDisk} as commits of Delta get there. */
public final class FaultyLogStore extends LocalLogStore {

  static final String SETTING = "spark.hadoop.io.delta.kernel.logStore.file.impl";

  public FaultyLogStore(Configuration hadoop) {
    super(hadoop);
  }

  @Override
  public void write(Path path, Iterator<String> lines, Boolean overwrite, Configuration hadoop)
      throws IOException {
    if (FaultyDisk.isFull()) {
      Files.write(java.nio.file.Path.of("/dev/full"), (Iterable<String>) () -> lines);
    }
    super.write(path, lines, overwrite, hadoop);
  }

  @Override
  protected void publish(File draft, Path path, Configuration hadoop) throws IOException {
    FaultyDisk.publish(
        path,
        () -> {
          super.publish(draft, path, hadoop);
          return null;
        });
  }
}
