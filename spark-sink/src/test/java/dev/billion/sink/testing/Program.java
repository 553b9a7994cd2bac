// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billion.sink.cli.SinkCommand;
import dev.billion.sink.cli.Surroundings;
import dev.billion.sink.stream.StopRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program, run to its end in this JVM. */
public final class Program {

  private Program() {}

  /**
   * What came of it.
   *
   * @param exit the exit code
   * @param out lines of standard output
   * @param err lines of standard error
   */
  public record Result(int exit, List<String> out, List<String> err) {
    public String lastError() {
      return err.isEmpty() ? "" : err.get(err.size() - 1);
    }
  }

  /**
   * Holds a table against a run of one shard.
   *
   * @param directory where the run's summary is left
   * @param sent how many events it sent
   */
  public static Result verify(String table, Path directory, long sent) throws IOException {
    Path summary =
        Files.writeString(
            directory.resolve("sent.json"),
            "{\"run\":\"000000000001\",\"shards\":1,\"next_sequences\":[%d]}".formatted(sent));
    return run(List.of("verify", "--json", "--table", table, "--sent", summary.toString()));
  }

  /** Maintains a table, also what was written just now. */
  public static Result maintain(String table, String... more) {
    List<String> args = new ArrayList<>(List.of("maintain", "--json", "--table", table));
    args.addAll(List.of("--optimize-quiet", "0s"));
    args.addAll(List.of(more));
    return run(args);
  }

  public static Result run(List<String> args) {
    return run(args, new StopRequest());
  }

  public static Result run(List<String> args, StopRequest stop) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        SinkCommand.run(
            args.toArray(String[]::new),
            new Surroundings(
                Map.of(),
                Clock.systemUTC(),
                stop,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8)));
    return new Result(
        exit, out.toString(UTF_8).lines().toList(), err.toString(UTF_8).lines().toList());
  }
}
