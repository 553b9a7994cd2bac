// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.s3.S3CheckpointFiles;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager;

/** How Spark writes the files of a checkpoint. */
final class CheckpointFiles {

  private static final String SETTING = "spark.sql.streaming.checkpointFileManagerClass";

  private CheckpointFiles() {}

  /**
   * Has a session's queries do it as suits the checkpoint's file system: S3 has no renaming, and on
   * a local disk Spark's own way starts {@code readlink} a dozen times for each batch.
   */
  static void choose(String checkpoint, SparkSession spark) {
    String scheme = new Path(checkpoint).toUri().getScheme();
    if ("s3a".equals(scheme)) {
      spark.conf().set(SETTING, S3CheckpointFiles.class.getName());
    } else if (scheme == null || "file".equals(scheme)) {
      spark.conf().set(SETTING, FileSystemBasedCheckpointFileManager.class.getName());
    }
  }
}
