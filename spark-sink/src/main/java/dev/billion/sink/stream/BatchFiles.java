// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.decode.WiderSchema;
import dev.billion.sink.write.DataFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that hold the records of a batch, or of a share of it.
 *
 * @param events for the events table
 * @param deadLetters for the dead-letter table
 * @param intake what they were made of
 * @param wider null, or why not all of the records are there: the table lacks fields of some
 */
public record BatchFiles(
    List<DataFile> events, List<DataFile> deadLetters, Intake intake, WiderSchema wider)
    implements Serializable {

  static final BatchFiles NONE = new BatchFiles(List.of(), List.of(), Intake.NONE);

  private static final Logger LOG = LoggerFactory.getLogger(BatchFiles.class);

  public BatchFiles {
    events = List.copyOf(events);
    deadLetters = List.copyOf(deadLetters);
  }

  /** All of the records. */
  public BatchFiles(List<DataFile> events, List<DataFile> deadLetters, Intake intake) {
    this(events, deadLetters, intake, null);
  }

  BatchFiles plus(BatchFiles other) {
    return new BatchFiles(
        join(events, other.events),
        join(deadLetters, other.deadLetters),
        intake.plus(other.intake),
        wider == null ? other.wider : wider);
  }

  static BatchFiles stoppedBy(WiderSchema wider) {
    return new BatchFiles(List.of(), List.of(), Intake.NONE, wider);
  }

  /** Gives the files up; where that fails, they stay for VACUUM. */
  void discard(Configuration hadoop) {
    for (DataFile file : join(events, deadLetters)) {
      Path path = new Path(file.path());
      try {
        path.getFileSystem(hadoop).delete(path, false);
      } catch (IOException e) {
        LOG.debug("{} not deleted", path, e);
      }
    }
  }

  /**
   * @param lost offsets of the batch that were gone from Kafka
   */
  BatchCount count(long lost) {
    return new BatchCount(1, rows(events), rows(deadLetters), lost);
  }

  private static long rows(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  private static List<DataFile> join(List<DataFile> one, List<DataFile> other) {
    List<DataFile> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
