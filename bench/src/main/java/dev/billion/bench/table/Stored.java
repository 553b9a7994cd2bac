// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.table;

import dev.billion.bench.contender.Drain;
import dev.billion.local.Errors;
import dev.billion.local.LocalStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a drain has left.
 *
 * @param records rows
 * @param bytes of data files
 * @param files data files
 */
public record Stored(long records, long bytes, int files) {

  /**
   * Looks it up.
   *
   * @param records what bare files are taken to hold, which only a table's log tells
   * @return empty for a drain that leaves nothing
   */
  public static Optional<Stored> by(Drain drain, Path directory, long records) {
    return switch (drain.leaves()) {
      case NOTHING -> Optional.empty();
      case FILES -> Optional.of(files(directory, records));
      case TABLE, PROVABLE_TABLE -> Optional.of(table(DeltaLog.read(directory)));
    };
  }

  private static Stored table(DeltaLog log) {
    return new Stored(log.records(), log.bytes(), log.files().size());
  }

  private static Stored files(Path directory, long records) {
    try (Stream<Path> found = Files.list(directory)) {
      List<Path> files = found.toList();
      long bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      return new Stored(records, bytes, files.size());
    } catch (IOException e) {
      throw new LocalStackException("cannot read " + Errors.describe(e), e);
    }
  }
}
