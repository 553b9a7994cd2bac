// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.checkpointing.AbstractFileContextBasedCheckpointFileManager;
import org.apache.spark.sql.execution.streaming.checkpointing.CheckpointFileManager.CancellableFSDataOutputStream;

/**
 * The files of Spark's checkpoint on S3. Spark's own way is to rename, which S3 has not: the object
 * is copied, whether or not another is there. A put is all that is needed, and where Spark forbids
 * to overwrite, of two sinks that plan the same batch one fails.
 */
public final class S3CheckpointFiles extends AbstractFileContextBasedCheckpointFileManager {

  private static final String SETTING = "spark.sql.streaming.checkpointFileManagerClass";

  private final FileSystem files;

  /** As Spark calls it. */
  public S3CheckpointFiles(Path checkpoint, Configuration hadoop) throws IOException {
    super(checkpoint, hadoop);
    files = checkpoint.getFileSystem(hadoop);
  }

  /** Has a session's queries use it if their checkpoint is on S3. */
  public static void useFor(String checkpoint, SparkSession spark) {
    if ("s3a".equals(new Path(checkpoint).toUri().getScheme())) {
      spark.conf().set(SETTING, S3CheckpointFiles.class.getName());
    }
  }

  @Override
  public CancellableFSDataOutputStream createAtomic(Path path, boolean overwrite) {
    try {
      return new WholeFile(
          path, overwrite ? files.create(path, true) : PutIfAbsent.create(files, path));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Scala knows no checked exceptions
    }
  }

  /** Is there when it is closed, and not at all when it is cancelled. */
  private static final class WholeFile extends CancellableFSDataOutputStream {

    private final Path path;
    private final FSDataOutputStream out;

    WholeFile(Path path, FSDataOutputStream out) {
      super(out);
      this.path = path;
      this.out = out;
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } catch (RemoteFileChangedException e) {
        FileAlreadyExistsException there = new FileAlreadyExistsException(path.toString());
        there.initCause(e);
        throw there;
      }
    }

    @Override
    public void cancel() {
      out.abort();
    }
  }
}
