// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {

  private static final Path BINARY = Path.of("module", "target", "runner");
  private static final List<Path> SOURCES = List.of(Path.of("pom.xml"), Path.of("module", "src"));

  @TempDir private Path root;

  @BeforeEach
  void write() throws IOException {
    write("pom.xml", 1);
    write("module/src/main/Main.java", 1);
    setTime(root.resolve("module/src/main"), 1);
    setTime(root.resolve("module/src"), 1);
  }

  @Test
  void aFileThatIsNotThereIsNotFresh() {
    assertThat(new Checkout(root).isFresh(BINARY, SOURCES)).isFalse();
  }

  @Test
  void aFileNewerThanEverySourceIsFresh() throws IOException {
    write(BINARY.toString(), 2);
    assertThat(new Checkout(root).isFresh(BINARY, SOURCES)).isTrue();
  }

  @Test
  void aFileIsNotFreshWhenASourceInADirectoryIsNewer() throws IOException {
    write(BINARY.toString(), 2);
    write("module/src/main/Main.java", 3);
    assertThat(new Checkout(root).isFresh(BINARY, SOURCES)).isFalse();
  }

  private void write(String name, int seconds) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    setTime(file, seconds);
  }

  private static void setTime(Path file, int seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(seconds * 1000L));
  }
}
