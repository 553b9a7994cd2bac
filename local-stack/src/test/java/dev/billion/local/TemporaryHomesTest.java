// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryHomesTest {

  @TempDir private Path parent;

  @Test
  void whatAKilledProcessLeftIsRemovedAndNothingElse() throws Exception {
    // Given
    long dead = pidOfAnEndedProcess();
    TemporaryHomes homes = new TemporaryHomes(parent);
    Path left = home("billion-%d-1".formatted(dead));
    Path outOfSight = home("billion-%d-2".formatted(dead));
    Path strange = Files.createDirectory(parent.resolve("billion-%d-3".formatted(dead)));
    Path foreign = home("billion-notes");
    Path ours = homes.create();
    Files.createFile(ours.resolve(".lock"));

    // When
    try (FileChannel lock =
        FileChannel.open(outOfSight.resolve(".lock"), StandardOpenOption.WRITE)) {
      assertThat(lock.tryLock()).isNotNull();
      homes.removeLeftovers();
    }

    // Then
    assertThat(left).doesNotExist();
    assertThat(parent)
        .isDirectoryContaining(outOfSight::equals)
        .isDirectoryContaining(strange::equals)
        .isDirectoryContaining(foreign::equals)
        .isDirectoryContaining(ours::equals);
  }

  private Path home(String name) throws IOException {
    Path home = Files.createDirectories(parent.resolve(name).resolve("broker")).getParent();
    Files.createFile(home.resolve(".lock"));
    Files.createFile(home.resolve("broker").resolve("log"));
    return home;
  }

  private static long pidOfAnEndedProcess() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }
}
