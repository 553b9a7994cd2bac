// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest files of a log on a local disk, found by the names that they must have. To list the
 * log takes longer with each commit: 0.16 s with a week of them, one each five seconds.
 */
final class LogTail {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAST_CHECKPOINT = "_last_checkpoint";
  private static final Pattern FILE = Pattern.compile("(\\d{20})\\..*");

  private LogTail() {}

  /**
   * The names of the files from the last checkpoint or a later version on, in their order:
   * checkpoints, checksums and commits, one of which follows the other.
   *
   * @param from the name, or the begin of one, where to begin
   * @return empty if they begin earlier, or the last checkpoint is not one file of its usual name,
   *     so that there may be others
   */
  static Optional<List<String>> names(File log, String from) {
    Matcher file = FILE.matcher(from);
    if (!file.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(file.group(1));
    long checkpoint = lastCheckpoint(log);
    if (checkpoint < 0 || first < checkpoint) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    long version = first;
    while (new File(log, name(version, "json")).exists()) {
      for (String kind : List.of("checkpoint.parquet", "crc", "json")) {
        String name = name(version, kind);
        if (name.compareTo(from) >= 0 && new File(log, name).exists()) {
          names.add(name);
        }
      }
      version++;
    }
    if (version == checkpoint) {
      return Optional.empty(); // it has no commit
    }
    names.add(LAST_CHECKPOINT);
    return Optional.of(names);
  }

  /** Its version, -1 if it is not known, or not of that name. */
  private static long lastCheckpoint(File log) {
    try {
      long version = JSON.readTree(new File(log, LAST_CHECKPOINT)).path("version").asLong(-1);
      return new File(log, name(version, "checkpoint.parquet")).exists() ? version : -1;
    } catch (IOException e) { // there is none, or it is being written
      return -1;
    }
  }

  private static String name(long version, String kind) {
    return "%020d.%s".formatted(version, kind);
  }
}
