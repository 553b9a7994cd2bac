// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.sink.SinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {

  @TempDir private Path directory;

  @Test
  void aNewCheckpointIsMadeAndKnowsNoBatch() {
    Path path = directory.resolve("a/b");

    Checkpoint checkpoint = open(path);

    assertThat(path).isDirectory();
    assertThat(checkpoint.lastPlanned()).isEmpty();
    assertThat(checkpoint.lastFinished()).isEmpty();
    assertThat(checkpoint.localPath()).contains(path);
  }

  @Test
  void theNewestBatchIsFoundByNumber() throws IOException {
    Files.createDirectories(directory.resolve("offsets"));
    Files.createDirectories(directory.resolve("commits"));
    Files.writeString(directory.resolve("offsets/10"), "v1\n{}\n{\"t\":{\"0\":7}}");
    Files.writeString(directory.resolve("offsets/9"), "");
    Files.writeString(directory.resolve("commits/9"), "");
    Files.writeString(directory.resolve("commits/.10.tmp"), "");

    Checkpoint checkpoint = open(directory);

    assertThat(checkpoint.lastPlanned()).hasValue(10);
    assertThat(checkpoint.lastFinished()).hasValue(9);
    assertThat(checkpoint.endOffsets(10)).isEqualTo("{\"t\":{\"0\":7}}");
  }

  @ParameterizedTest
  @CsvSource({
    "offsets, ''",
    "commits, ''",
    "offsets, 'v1\n{}\n{\"t\":{\"0\":'",
    "commits, 'v1\n'",
  })
  void aCheckpointThatAPowerFailureCutOffIsRefused(String damaged, String content)
      throws IOException {
    Files.createDirectories(directory.resolve("offsets"));
    Files.createDirectories(directory.resolve("commits"));
    Files.writeString(directory.resolve("offsets/3"), "v1\n{}\n{\"t\":{\"0\":7}}");
    Files.writeString(directory.resolve("commits/3"), "v1\n{\"nextBatchWatermarkMs\":0}");
    open(directory).requireWhole();

    Files.writeString(directory.resolve(damaged).resolve("3"), content);

    assertThatThrownBy(() -> open(directory).requireWhole())
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith(
            "checkpoint %s is damaged: %s/3 is incomplete".formatted(directory, damaged));
  }

  @Test
  void whereItBeganIsKept() throws IOException {
    Origin origin = new Origin(7, KafkaOffsets.parse("{\"t\":{\"0\":42}}"), KafkaOffsets.NONE);
    assertThat(open(directory).origin()).isEmpty();

    open(directory).begin(Origin.NEW);
    open(directory).begin(origin);

    assertThat(open(directory).origin()).contains(origin);
    Files.writeString(directory.resolve("origin"), "-");
    assertThatThrownBy(() -> open(directory).origin())
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith("cannot read checkpoint " + directory);
  }

  @Test
  void aSecondSinkIsKeptAwayUntilTheFirstIsGone() {
    try (CheckpointLock first = CheckpointLock.acquire(directory)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> CheckpointLock.acquire(directory))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining(directory + " is in use by another sink");
    }

    CheckpointLock.acquire(directory).close();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> open(file.resolve("checkpoint")))
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith("cannot write to checkpoint " + file);
  }

  private static Checkpoint open(Path path) {
    return new Checkpoint(path.toString(), new Configuration());
  }
}
