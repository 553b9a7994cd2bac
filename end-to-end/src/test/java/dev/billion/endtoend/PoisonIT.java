// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.local.Checkout;
import dev.billion.local.Java;
import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import dev.billion.local.demo.Programs;
import dev.billion.local.demo.Workspace;
import dev.billion.local.program.Emitter;
import dev.billion.local.program.Program;
import dev.billion.schemas.DeadLetterReason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Awkward data from the packaged emitter, through the sink's jar for spark-submit, to the proof by
 * its jar with Spark inside.
 */
class PoisonIT {

  private static final long RECORDS = 12_000;
  private static final long POISON = 120;
  private static final List<DeadLetterReason> KINDS =
      List.of(
          DeadLetterReason.BAD_MAGIC,
          DeadLetterReason.TOO_SHORT,
          DeadLetterReason.UNKNOWN_SCHEMA_ID,
          DeadLetterReason.NOT_DECODABLE,
          DeadLetterReason.TRAILING_BYTES,
          DeadLetterReason.NULL_VALUE);

  private static final String OPENED = "Add-Opens";
  private static final List<String> QUICK =
      List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  @TempDir Path directory;

  @Test
  void poisonOfEachKindBecomesADeadLetterOfItsReasonAndTheProofMissesNone() throws Exception {
    // Given
    Workspace space = new Workspace(directory);
    JsonNode sent;
    JsonNode proof;
    JsonNode replay;
    try (LocalStack stack =
        LocalStack.builder()
            .topic(Topic.of(Programs.TOPIC, 4))
            .topic(Topic.of(Programs.TOPIC + "-dead-letters", 1))
            .start()) {
      Programs programs = programs(Checkout.find(), stack.java());
      List<String> addresses =
          List.of("--bootstrap=" + stack.bootstrap(), "--registry=" + stack.registryUrl());

      // When
      sent =
          run(
              "producer",
              programs.producer(),
              addresses,
              "--records=" + RECORDS,
              "--rate=max",
              "--poison=1%",
              "--late=1%",
              "--keys=session",
              "--schema-mix=v1:80,v2:20",
              "--http-port=0",
              "--json");
      Files.writeString(space.sent(), sent + "\n");
      run(
          "sink",
          with(programs.sink(), "drain"),
          addresses,
          "--topic=" + Programs.TOPIC,
          "--table=" + space.events(),
          "--checkpoint=" + space.checkpoint(),
          "--json");
      proof = Program.run("verifier", programs.verify(space), space.log("verifier"));
      replay =
          run(
              "replay",
              with(programs.verifier(), "replay-dead-letters"),
              addresses.subList(0, 1),
              "--dry-run",
              "--table=" + space.events(),
              "--json");
    }

    // Then
    assertThat(sent.get("poison").asLong()).isEqualTo(POISON);
    assertThat(proof.get("ok").asBoolean()).as(proof + "").isTrue();
    assertThat(proof.get("runs").get(0).get("records").asLong()).isEqualTo(RECORDS);
    assertThat(proof.get("poison").asLong()).isEqualTo(POISON);
    assertThat(proof.get("missing_poison").asLong()).isZero();
    assertThat(proof.get("dead_letters").asLong()).isEqualTo(POISON);
    assertThat(replay.get("by_reason"))
        .hasSize(KINDS.size())
        .allMatch(count -> count.asLong() == POISON / KINDS.size());
    assertThat(KINDS).allMatch(reason -> replay.get("by_reason").has(reason.name()));
  }

  private static Programs programs(Checkout checkout, Java java) throws IOException {
    Path standalone =
        checkout.built("spark-sink", "packaging", "target", "spark-sink-standalone.jar");
    return new Programs(
        Emitter.command(checkout, java, List.of()),
        sparkSubmit(checkout, java),
        java.jar(QUICK, standalone, List.of()));
  }

  /** The spark-submit of a Spark that has nothing of ours, as its script starts it. */
  private static List<String> sparkSubmit(Checkout checkout, Java java) throws IOException {
    Path jar = checkout.built("spark-sink", "packaging", "target", "spark-sink-submit.jar");
    Path spark = checkout.built("spark-sink", "packaging", "target", "spark.classpath");
    List<String> options = new ArrayList<>(QUICK);
    try (JarFile file = new JarFile(jar.toFile())) {
      for (String opened : file.getManifest().getMainAttributes().getValue(OPENED).split(" +")) {
        options.addAll(List.of("--add-opens", opened + "=ALL-UNNAMED"));
      }
    }
    return java.main(
        options,
        Stream.of(Files.readString(spark).split(File.pathSeparator)).map(Path::of).toList(),
        "org.apache.spark.deploy.SparkSubmit",
        List.of("--master", "local[2]", "--class", "dev.billion.sink.Main", jar.toString()));
  }

  private JsonNode run(String name, List<String> program, List<String> addresses, String... more)
      throws InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(addresses);
    command.addAll(List.of(more));
    return Program.run(name, command, directory.resolve(name + ".log"));
  }

  private static List<String> with(List<String> program, String command) {
    return Stream.concat(program.stream(), Stream.of(command)).toList();
  }
}
