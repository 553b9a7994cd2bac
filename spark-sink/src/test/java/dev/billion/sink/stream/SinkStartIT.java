// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.SparkSessions;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkStartIT {

  private static final String TOPIC = "empty";

  @TempDir private Path directory;

  @BeforeAll
  static void createTopic() throws Exception {
    Stack.createTopic(TOPIC, 2);
  }

  @Test
  void anEmptyTopicMakesEmptyTablesAndAGroup() throws Exception {
    Program.Result result = drain();

    assertThat(result.err()).noneMatch(line -> line.startsWith("error"));
    assertThat(result.exit()).isZero();
    assertThat(directory.resolve("events/_delta_log/00000000000000000000.json")).exists();
    assertThat(directory.resolve("dead_letters/_delta_log/00000000000000000000.json")).exists();
    assertThat(Stack.committed(TOPIC)).isEqualTo(Stack.ends(TOPIC, 2));
  }

  @Test
  void theTablesAskLittleOfTheirReaders() throws Exception {
    drain();

    assertThat(Files.readString(directory.resolve("events/_delta_log/00000000000000000000.json")))
        .contains("\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}")
        .contains("\"delta.dataSkippingStatsColumns\":\"event_time,ingest_time\"");
  }

  @Test
  void aTopicThatIsNotThereIsNamed() {
    Program.Result result = drain("--topic", "absent", "--startup-timeout", "2s");

    failedWith(
        result,
        "no topic 'absent' in Kafka at %s after 2 s (valid: an existing topic)"
            .formatted(Stack.running().bootstrap()));
  }

  @Test
  void aRegistryThatIsNotThereIsNamed() {
    Program.Result result = drain("--registry", "http://127.0.0.1:1", "--startup-timeout", "2s");

    failedWith(result, "registry http://127.0.0.1:1 not reachable within 2 s");
  }

  @Test
  void aTableThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    failedWith(drain("--table", file + "/events"), "cannot write to table " + file);
    failedWith(drain("--checkpoint", file + "/cp"), "cannot write to checkpoint " + file);
  }

  @Test
  void aCheckpointThatIsCutOffIsNamed() throws Exception {
    Path plans = Files.createDirectories(directory.resolve("cp/offsets"));
    Files.writeString(plans.resolve("0"), "");

    failedWith(
        drain(),
        "checkpoint %s/cp is damaged: offsets/0 is incomplete (valid: ".formatted(directory));
  }

  @Test
  void aDirectoryOfSomethingElseIsNotATable() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("notes.txt"), "mine");

    failedWith(drain("--table", other.toString()), "not a Delta table: " + other);
    assertThat(other.toFile().list()).containsExactly("notes.txt");
  }

  @Test
  void aTableWithOtherColumnsIsLeftAlone() throws Exception {
    String table = directory.resolve("numbers").toString();
    try (SparkSession spark = SparkSessions.open(null)) {
      spark.range(3).write().format("delta").save(table);
    }

    failedWith(
        drain("--table", table),
        "table " + table + " has other columns: id long (valid: amount_cents long, ");
  }

  private static void failedWith(Program.Result result, String error) {
    assertThat(result.lastError()).startsWith("error: " + error);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
  }

  private Program.Result drain(String... more) {
    List<String> args = Stack.args("drain", TOPIC, directory, more);
    return Program.run(args);
  }
}
