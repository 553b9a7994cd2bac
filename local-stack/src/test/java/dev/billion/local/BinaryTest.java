// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is not a JVM and runs as a child, here the shell itself. */
class BinaryTest {

  private static final Path SHELL = Path.of("/bin/sh");
  private static final int KILLED = 128 + 9;

  @Test
  void exitStatusAndArgumentsAreItsOwn() throws Exception {
    Process process = start("exit \"$1\"", "sh", "7");
    assertThat(process.waitFor()).isEqualTo(7);
  }

  @Test
  @Timeout(10)
  void itsOutputEndsWhenItDoesAlthoughTheParentGoesOn() throws Exception {
    Process process = start("echo done");
    assertThat(process.getInputStream().readAllBytes()).asString().isEqualTo("done\n");
  }

  @Test
  void endsWhenThePipeFromItsParentDoes() throws Exception {
    // Given
    Process process = start("exec sleep 60");

    // When
    process.getOutputStream().close();

    // Then
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(KILLED);
  }

  private static Process start(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("-c", script));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(Binary.command(SHELL, command)).start();
  }
}
