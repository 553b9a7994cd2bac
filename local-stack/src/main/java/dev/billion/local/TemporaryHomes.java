// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Directories of stacks that asked for none, named after the process that they belong to.
 *
 * @param parent where they are made
 */
record TemporaryHomes(Path parent) {

  private static final Pattern NAME = Pattern.compile("billion-(\\d{1,18})-.*");

  /** Those of the system's directory for such things. */
  static TemporaryHomes ofSystem() {
    return new TemporaryHomes(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** A new one of this process. */
  Path create() throws IOException {
    return Files.createTempDirectory(
        parent, "billion-%d-".formatted(ProcessHandle.current().pid()));
  }

  /** Removes what processes have left that were killed, as far as that can be done. */
  void removeLeftovers() {
    for (Path home : leftovers()) {
      try {
        Directories.remove(home);
      } catch (LocalStackException e) {
        // its servers may still be ending, or it is another user's: not ours to worry about
      }
    }
  }

  private List<Path> leftovers() {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(parent, "billion-*")) {
      for (Path home : homes) {
        if (isLeftOver(home)) {
          left.add(home);
        }
      }
    } catch (IOException e) {
      // what cannot be listed cannot be tidied up
    }
    return left;
  }

  /** The process is not there, and, should it only be out of sight, its lock is not held either. */
  private static boolean isLeftOver(Path home) {
    Matcher name = NAME.matcher(home.getFileName().toString());
    return name.matches()
        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
        && isUnlocked(home.resolve(Home.LOCK));
  }

  private static boolean isUnlocked(Path file) {
    try (FileChannel lock = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return lock.tryLock() != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }
}
