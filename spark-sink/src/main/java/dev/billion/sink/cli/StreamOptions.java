// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.sink.SinkException;
import dev.billion.sink.stream.SinkSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What stream and drain are told. */
final class StreamOptions {

  @Option(
      names = "--bootstrap",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, separated by commas.")
  private String bootstrap;

  @Mixin private RegistryOptions registry;
  @Mixin private SchemaOptions schema;

  @Option(names = "--table", required = true, paramLabel = "URI", description = "Events table.")
  private String table;

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "URI",
      description = "Where Spark keeps how far it is; it belongs to the table.")
  private String checkpoint;

  @Option(
      names = "--dead-letters",
      paramLabel = "URI",
      description = "Dead-letter table (default: dead_letters beside the events table).")
  private String deadLetters;

  @Option(names = "--topic", defaultValue = "user-events", description = "Topic to read.")
  private String topic;

  @Option(
      names = "--group",
      defaultValue = "billion-sink",
      description = "Consumer group whose offsets show how far the sink is.")
  private String group;

  @Option(
      names = "--from",
      defaultValue = "earliest",
      description = "Where a new checkpoint starts: earliest or latest.")
  private SinkSettings.From from;

  @Option(
      names = "--max-records",
      defaultValue = "4M",
      paramLabel = "COUNT",
      description = "Most records in a batch.")
  private Converters.Count maxRecords;

  @Option(
      names = "--trigger",
      defaultValue = "5s",
      paramLabel = "TIME",
      description = "From one batch's start to the next's.")
  private Duration trigger;

  @Option(
      names = "--app-id",
      paramLabel = "ID",
      description =
          "Who commits, which tells a repeated batch from a new one (default: billion-sink:TOPIC).")
  private String appId;

  @Option(
      names = "--startup-timeout",
      defaultValue = "30s",
      paramLabel = "TIME",
      description = "How long brokers, topic and registry may take to be there.")
  private Duration startupTimeout;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties of the Kafka client, such as security.")
  private Path kafkaConfig;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: spark-submit's, else local[*]).")
  private String master;

  @Option(
      names = "--from-table",
      description =
          "Begin a new checkpoint at the offsets that the events table has, where an old one is lost.")
  private boolean fromTable;

  @Option(
      names = "--on-data-loss",
      defaultValue = "fail",
      description =
          "Records that Kafka deleted before they were read: fail, or continue and record the gap in the table gaps beside the events table.")
  private SinkSettings.OnDataLoss onDataLoss;

  @Mixin private ChoreOptions chores;
  @Mixin private MetricsOptions metrics;

  String master() {
    return master;
  }

  ChoreOptions chores() {
    return chores;
  }

  MetricsOptions metrics() {
    return metrics;
  }

  /**
   * @throws IllegalArgumentException if a value is not valid
   * @throws SinkException if a file cannot be read
   */
  SinkSettings settings(Map<String, String> environment, boolean drain) {
    chores.check();
    return new SinkSettings(
        bootstrap,
        topic,
        group,
        kafkaConfig == null ? Map.of() : properties(kafkaConfig),
        registry.config(environment),
        table,
        deadLetters == null ? TableUris.deadLettersBeside(table) : deadLetters,
        checkpoint,
        appId == null ? "billion-sink:" + topic : appId,
        from,
        maxRecords.value(),
        trigger,
        drain,
        startupTimeout,
        fromTable,
        onDataLoss,
        TableUris.gapsBeside(table),
        schema.settings());
  }

  static Map<String, String> properties(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new SinkException(
          "cannot read --kafka-config %s: %s (valid: a file of key=value lines)"
              .formatted(file, e.getMessage()),
          e);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    return settings;
  }
}
