// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.sink.write.DataFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that hold the records of a batch, or of a share of it.
 *
 * @param events for the events table
 * @param deadLetters for the dead-letter table
 * @param intake what they were made of
 */
public record BatchFiles(List<DataFile> events, List<DataFile> deadLetters, Intake intake)
    implements Serializable {

  static final BatchFiles NONE = new BatchFiles(List.of(), List.of(), Intake.NONE);

  public BatchFiles {
    events = List.copyOf(events);
    deadLetters = List.copyOf(deadLetters);
  }

  BatchFiles plus(BatchFiles other) {
    return new BatchFiles(
        join(events, other.events),
        join(deadLetters, other.deadLetters),
        intake.plus(other.intake));
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
