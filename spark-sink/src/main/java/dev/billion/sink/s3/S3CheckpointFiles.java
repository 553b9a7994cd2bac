// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.checkpointing.AbstractFileContextBasedCheckpointFileManager;
import org.apache.spark.sql.execution.streaming.checkpointing.CheckpointFileManager.CancellableFSDataOutputStream;

/**
 * The files of Spark's checkpoint on S3. Spark's own way is to rename, which S3 has not: the object
 * is copied, whether or not another is there. A put is all that is needed, and where Spark forbids
 * to overwrite, of two sinks that plan the same batch one fails.
 */
public final class S3CheckpointFiles extends AbstractFileContextBasedCheckpointFileManager {

  private final FileSystem files;

  /** As Spark calls it. */
  public S3CheckpointFiles(Path checkpoint, Configuration hadoop) throws IOException {
    super(checkpoint, hadoop);
    files = checkpoint.getFileSystem(hadoop);
  }

  @Override
  public CancellableFSDataOutputStream createAtomic(Path path, boolean overwrite) {
    return new WholeFile(files, path, overwrite, new ByteArrayOutputStream());
  }

  /** Is there when it is closed, and not at all when it is cancelled. They are small. */
  private static final class WholeFile extends CancellableFSDataOutputStream {

    private final FileSystem files;
    private final Path path;
    private final boolean overwrite;
    private final ByteArrayOutputStream content;
    private boolean done;

    WholeFile(FileSystem files, Path path, boolean overwrite, ByteArrayOutputStream content) {
      super(content);
      this.files = files;
      this.path = path;
      this.overwrite = overwrite;
      this.content = content;
    }

    @Override
    public void close() throws IOException {
      if (done) {
        return;
      }
      done = true;
      if (overwrite) {
        PutIfAbsent.write(files.create(path, true), content.toByteArray());
      } else if (!PutIfAbsent.put(files, path, content.toByteArray())) {
        throw new FileAlreadyExistsException(path.toString());
      }
    }

    @Override
    public void cancel() {
      done = true;
    }
  }
}
