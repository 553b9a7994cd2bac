// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.sink.SinkException;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.verify.Proof;
import dev.billion.sink.verify.SentRun;
import dev.billion.sink.verify.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    description = "Proves that nothing was lost and nothing doubled; exits with 0 only if so.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--table", required = true, paramLabel = "URI", description = "Events table.")
  private String table;

  @Option(
      names = "--dead-letters",
      paramLabel = "URI",
      description = "Dead-letter table (default: dead_letters beside the events table).")
  private String deadLetters;

  @Option(
      names = "--sent",
      paramLabel = "FILE",
      description = "A producer's summary, to compare with; may be repeated.")
  private List<Path> sent = List.of();

  @Option(names = "--by-shard", description = "Tell of each shard.")
  private boolean byShard;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: spark-submit's, else local[*]).")
  private String master;

  @Mixin private OutputOptions output;

  VerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    output.applyToLog();
    List<SentRun> runs = sent.stream().map(SentRun::read).toList();
    Proof proof = prove(runs);
    ProofReport report = new ProofReport(proof, byShard);
    if (output.json()) {
      report.json(surroundings.out());
    } else {
      report.text(surroundings.out());
    }
    if (!proof.ok()) {
      surroundings
          .err()
          .printf("error: table %s: %s%n", table, String.join("; ", proof.problems()));
    }
    return proof.ok() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Proof prove(List<SentRun> runs) throws IOException {
    try (SparkSession spark = SparkSessions.open(master)) {
      SinkTable events = new SinkTable(spark, table, TableLayout.EVENTS);
      SinkTable dead =
          new SinkTable(
              spark,
              deadLetters == null ? TableUris.deadLettersBeside(table) : deadLetters,
              TableLayout.DEAD_LETTERS);
      if (deadLetters != null && !dead.exists()) {
        throw new SinkException(
            "no table at %s (valid: the dead-letter table of a sink)".formatted(deadLetters));
      }
      SinkTable gaps = new SinkTable(spark, TableUris.gapsBeside(table), TableLayout.GAPS);
      return new Verifier(events, dead, gaps).verify(runs);
    }
  }
}
