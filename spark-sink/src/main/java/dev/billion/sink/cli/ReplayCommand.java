// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.schemas.DeadLetterReason;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.replay.Replay;
import dev.billion.sink.replay.ReplayCount;
import dev.billion.sink.replay.ReplaySettings;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay-dead-letters",
    description =
        "Sends dead letters back to a topic, each once however often it is done; by reason, after what was wrong was put right.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ReplayCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--bootstrap",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, separated by commas.")
  private String bootstrap;

  @Option(names = "--topic", defaultValue = "user-events", description = "Topic to send to.")
  private String topic;

  @Option(
      names = "--reason",
      split = ",",
      paramLabel = "REASON",
      description = "Only dead letters of these reasons: ${COMPLETION-CANDIDATES}.")
  private Set<DeadLetterReason> reasons = Set.of();

  @Option(
      names = "--partition",
      split = ",",
      paramLabel = "NUMBER",
      description = "Only dead letters from these partitions.")
  private Set<Integer> partitions = Set.of();

  @Option(
      names = "--transaction",
      defaultValue = "1000",
      paramLabel = "COUNT",
      description = "Most records in a transaction.")
  private Converters.Count transaction;

  @Option(names = "--dry-run", description = "Only count what would be sent.")
  private boolean dryRun;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties of the Kafka clients, such as security.")
  private Path kafkaConfig;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: spark-submit's, else local[*]).")
  private String master;

  @Mixin private OutputOptions output;

  /** The table, named or by convention. */
  static final class Source {
    @Option(
        names = "--table",
        paramLabel = "URI",
        description = "Events table; the dead letters are in dead_letters beside it.")
    private String events;

    @Option(names = "--dead-letters", paramLabel = "URI", description = "Dead-letter table.")
    private String deadLetters;

    String uri() {
      return deadLetters == null ? TableUris.deadLettersBeside(events) : deadLetters;
    }
  }

  ReplayCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    output.applyToLog();
    ReplaySettings settings =
        new ReplaySettings(
            bootstrap,
            kafkaConfig == null ? Map.of() : StreamOptions.properties(kafkaConfig),
            topic,
            reasons.stream().map(Enum::name).collect(Collectors.toSet()),
            partitions,
            Math.toIntExact(transaction.value()));
    try (SparkSession spark = SparkSessions.open(master)) {
      SinkTable table = new SinkTable(spark, source.uri(), TableLayout.DEAD_LETTERS);
      Replay replay = new Replay(table, settings);
      report(dryRun ? replay.plan() : replay.send());
    }
    return ExitCode.OK;
  }

  private void report(ReplayCount count) {
    if (output.json()) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("replayed", dryRun ? 0 : count.total());
      line.put("left", dryRun ? count.total() : 0);
      line.put("before", count.before());
      ObjectNode byReason = line.putObject("by_reason");
      count.byReason().forEach(byReason::put);
      surroundings.out().println(line);
      return;
    }
    surroundings
        .out()
        .printf(
            Locale.ROOT,
            "%,d dead letters %s topic %s, %,d more were before%n",
            count.total(),
            dryRun ? "would be sent to" : "sent to",
            topic,
            count.before());
    count
        .byReason()
        .forEach((reason, n) -> surroundings.out().printf(Locale.ROOT, "  %-22s %,d%n", reason, n));
  }
}
