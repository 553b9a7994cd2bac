// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static dev.billion.sink.testing.Fault.Kind.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.testing.ChildSink;
import dev.billion.sink.testing.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a local disk, which may also be full. */
class KillMatrixIT extends KillMatrix {

  KillMatrixIT() {
    super("matrix");
  }

  @ParameterizedTest
  @CsvSource({
    PLAN, // the tasks cannot write
    DEAD_LETTER_COMMIT, // the events cannot be committed
  })
  void aFullDiskStopsTheSinkAndLosesNothing(String after) throws Exception {
    arm(new Fault(FULL, Fault.At.AFTER, after, 2));
    send();

    assertThat(sink().await(90)).isEqualTo(1);
    assertThat(sink().lastError()).startsWith("error: disk full: ");
    everythingIsThereOnceAfterARestart();
  }

  @Override
  String place() {
    return directory.toString();
  }

  @Override
  Path placeOnDisk() {
    return directory;
  }

  @Override
  ChildSink start(List<String> args) throws IOException {
    return ChildSink.withFaults(directory, args);
  }

  @Override
  void arm(Fault fault) throws IOException {
    fault.arm(directory);
  }

  @Override
  boolean hasStruck() {
    return Files.exists(Fault.mark(directory));
  }

  @Override
  void release() throws IOException {
    Files.delete(Fault.mark(directory));
  }

  @Override
  void forget() throws IOException {
    Fault.forget(directory);
  }
}
