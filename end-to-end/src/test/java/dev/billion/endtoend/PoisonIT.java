// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.local.Checkout;
import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import dev.billion.local.demo.Programs;
import dev.billion.local.demo.Workspace;
import dev.billion.local.program.Program;
import dev.billion.schemas.DeadLetterReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Awkward data from the packaged emitter, through the packaged sink, to the proof. */
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
      Programs programs = Programs.of(Checkout.find(), stack.java(), "1g", RECORDS);
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
              with(programs.sink(), "replay-dead-letters"),
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
