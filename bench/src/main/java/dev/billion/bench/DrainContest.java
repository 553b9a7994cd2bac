// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.bench.contender.Contenders;
import dev.billion.bench.contender.Drain;
import dev.billion.bench.contender.Drains;
import dev.billion.bench.contender.Job;
import dev.billion.bench.measure.Lifetime;
import dev.billion.bench.report.Figure;
import dev.billion.bench.report.Row;
import dev.billion.bench.table.Stored;
import dev.billion.local.Checkout;
import dev.billion.local.ChildProcess;
import dev.billion.local.Directories;
import dev.billion.local.Errors;
import dev.billion.local.LocalStackException;
import dev.billion.local.demo.Programs;
import dev.billion.local.demo.Workspace;
import dev.billion.local.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ways of reading a topic to its end, one beside the other, all the same topic, each into a place
 * of its own that is removed afterwards.
 *
 * @param options the flags
 * @param records in the topic
 * @param partitions of the topic
 */
record DrainContest(BenchOptions options, long records, int partitions)
    implements Benchmark.Subject {

  @Override
  public List<Row> measure(Checkout checkout, Path directory) throws InterruptedException {
    try (Arena arena = Arena.open(checkout, directory, options.compression, partitions)) {
      JsonNode sent = fill(arena);
      List<Drain> drains =
          new Drains(arena.setting(), Programs.TOPIC, records, partitions).of(options.only);
      return new Rounds(options.rounds, System.err)
          .run(drains, (drain, round) -> run(arena, drain, round, sent));
    }
  }

  private JsonNode fill(Arena arena) throws InterruptedException {
    String topic = Programs.TOPIC;
    arena.create(topic);
    Path logs = arena.directory().resolve("logs");
    JsonNode sent =
        Program.run(
            "emitter",
            new Contenders(arena.setting(), List.of(), System.err)
                .filler()
                .command(new Job(topic, records, logs.resolve("emitter.gc"))),
            logs.resolve("emitter.log"));
    arena.requireRecords("emitter", topic, records);
    return sent;
  }

  private Row run(Arena arena, Drain drain, int round, JsonNode sent) throws InterruptedException {
    String name = drain.name() + "-" + round;
    Workspace space = new Workspace(arena.directory().resolve(name));
    Path logs = arena.directory().resolve("logs");
    Lifetime life =
        Lifetime.of(
            new ChildProcess.Command(
                drain.name(), drain.command().apply(space), Map.of(), logs.resolve(name + ".log")));
    require(drain, "has read", life.records());
    Map<Figure, Double> figures = new EnumMap<>(life.figures());
    Optional<Stored> stored = Stored.by(drain, space.events(), records);
    stored.ifPresent(
        there -> {
          require(drain, "has left", there.records());
          figures.put(Figure.BYTES_PER_ROW, (double) there.bytes() / there.records());
          figures.put(Figure.FILES, (double) there.files());
        });
    List<String> notes = List.of();
    if (drain.leaves() == Drain.Leaves.PROVABLE_TABLE && round == 1) {
      prove(arena, space, sent, logs.resolve("verifier.log"));
      notes = List.of(Proven.NOTE);
    }
    Directories.remove(space.directory());
    return new Row(drain.name(), life.steady(), figures, notes);
  }

  private void require(Drain drain, String what, long found) {
    if (found != records) {
      throw new LocalStackException(
          "%s %s %,d records, not the %,d of the topic"
              .formatted(drain.name(), what, found, records));
    }
  }

  private void prove(Arena arena, Workspace space, JsonNode sent, Path log)
      throws InterruptedException {
    try {
      Files.writeString(space.sent(), sent + "\n");
    } catch (IOException e) {
      throw new LocalStackException("cannot write " + Errors.describe(e), e);
    }
    Programs programs =
        Programs.of(arena.setting().checkout(), arena.setting().java(), "4g", records);
    if (!Program.run("verifier", programs.verify(space), log).path("ok").asBoolean()) {
      throw new LocalStackException("the proof of the sink's table failed; its log: " + log);
    }
  }
}
