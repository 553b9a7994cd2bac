// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import dev.billion.producer.config.KafkaProperties;
import dev.billion.producer.event.Keys;
import dev.billion.producer.event.SchemaMix;
import dev.billion.producer.event.Share;
import dev.billion.producer.pacing.Profile;
import dev.billion.producer.pacing.Rate;
import dev.billion.producer.run.Run;
import dev.billion.schemas.Quantity;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The emitter's flags. Each is checked and becomes a configuration property of this process. */
@Command(
    name = "billion produce",
    mixinStandardHelpOptions = true,
    version = "billion 0.1.0",
    sortOptions = false,
    usageHelpWidth = 110,
    description =
        "Emits deterministic user events to Kafka, on a schedule, until --records or --duration is reached.",
    footer = {
      "",
      "Every setting is also an environment variable, such as EMITTER_RATE or KAFKA_BOOTSTRAP_SERVERS.",
      "The registry's password is read from BILLION_REGISTRY_PASSWORD.",
      "Exit codes: 0 all sent, 1 failed, 2 wrong flag."
    })
final class ProduceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  private boolean toRun;

  /** Whether the flags were right and asked for more than help. */
  boolean isToRun() {
    return toRun;
  }

  @Override
  public Integer call() {
    toRun = true;
    return ExitCode.OK;
  }

  @Option(
      names = "--bootstrap",
      order = 1,
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, separated by commas. Default: localhost:9092")
  void bootstrap(String servers) {
    set("kafka.bootstrap.servers", servers);
  }

  @Option(
      names = "--registry",
      order = 2,
      paramLabel = "URL",
      description = "Schema registry (Confluent REST API). Default: http://localhost:8081")
  void registry(String url) {
    set("emitter.registry.url", url);
  }

  @Option(
      names = "--registry-user",
      order = 3,
      paramLabel = "USER",
      description = "User of the registry's basic authentication.")
  void registryUser(String user) {
    set("emitter.registry.user", user);
  }

  @Option(
      names = "--kafka-config",
      order = 4,
      paramLabel = "FILE",
      description = "Properties for the Kafka clients, such as security.protocol and sasl.*.")
  void kafkaConfig(Path file) {
    try {
      KafkaProperties.read(file).forEach((name, value) -> set("kafka." + name, value));
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  @Option(
      names = "--topic",
      order = 5,
      paramLabel = "NAME",
      description = "Where to. Default: user-events; dead letters go to NAME-dead-letters")
  void topic(String name) {
    set("emitter.topic", name);
  }

  @Option(
      names = "--records",
      order = 6,
      paramLabel = "COUNT",
      description = "How many, such as 10M. Default: no end")
  void records(String count) {
    set("emitter.records", count, Quantity::count);
  }

  @Option(
      names = "--duration",
      order = 7,
      paramLabel = "TIME",
      description = "How long, such as 5m. Default: no end")
  void duration(String time) {
    set("emitter.duration", time, Quantity::time);
  }

  @Option(
      names = "--rate",
      order = 8,
      paramLabel = "RATE",
      description = "Records per second, such as 50k, or max. Default: 50k")
  void rate(String rate) {
    set("emitter.rate", rate, Rate::parse);
  }

  @Option(
      names = "--profile",
      order = 8,
      paramLabel = "PROFILE",
      description =
          "How the rate changes: constant, ramp:over=5m,from=0, sine:period=10m,amplitude=0.5, "
              + "spikes:every=1m,for=5s,factor=10. Default: constant")
  void profile(String profile) {
    set("emitter.profile", profile, Profile::parse);
  }

  @Option(
      names = "--fleet",
      order = 9,
      description =
          "Share the run with all other emitters of this topic that say so: join the one that is open, "
              + "or open one by the flags given here.")
  void fleet(boolean fleet) {
    set("emitter.fleet.enabled", Boolean.toString(fleet));
  }

  @Option(
      names = "--delivery",
      order = 9,
      paramLabel = "GUARANTEE",
      description =
          "In a fleet, what crashes may do: exactly-once nothing, at-least-once repeat events. "
              + "Default: exactly-once")
  void delivery(String guarantee) {
    set("emitter.fleet.delivery", guarantee, ProduceCommand::requireGuarantee);
  }

  @Option(
      names = "--event-rate",
      order = 9,
      paramLabel = "RATE",
      description =
          "Events per second of event time; does not depend on --rate, so that an event's bytes do not. "
              + "Default: 277778")
  void eventRate(String rate) {
    set("emitter.event-rate", rate, Quantity::count);
  }

  @Option(
      names = "--run",
      order = 10,
      paramLabel = "HEX",
      description =
          "Id of the run, up to 12 hex digits, at once the time of its first event in ms since 1970. "
              + "Default: now")
  void run(String id) {
    set("emitter.run", id, Run::parseId);
  }

  @Option(
      names = "--seed",
      order = 11,
      paramLabel = "NUMBER",
      description = "What the events are drawn from. Default: 1")
  void seed(String number) {
    set("emitter.seed", number, Long::parseLong);
  }

  @Option(
      names = "--shards",
      order = 12,
      paramLabel = "COUNT",
      description = "Into how many shards the run is cut, 1 to 4096. Default: 64")
  void shards(String count) {
    set("emitter.shards", count, Integer::parseInt);
  }

  @Option(
      names = "--late",
      order = 12,
      paramLabel = "SHARE",
      description =
          "How many events happened earlier than their place says, such as 1%%. Default: 0%%")
  void late(String share) {
    set("emitter.late", share, Share::parse);
  }

  @Option(
      names = "--late-by",
      order = 12,
      paramLabel = "TIME",
      description = "By how much at most. Default: 10m")
  void lateBy(String time) {
    set("emitter.late-by", time, Quantity::time);
  }

  @Option(
      names = "--poison",
      order = 12,
      paramLabel = "SHARE",
      description =
          "How many records that no reader can decode are sent beside the events, such as 0.01%%. Default: 0%%")
  void poison(String share) {
    set("emitter.poison", share, Share::parse);
  }

  @Option(
      names = "--keys",
      order = 12,
      paramLabel = "KIND",
      description = "What records are keyed by: none, session or user. Default: none")
  void keys(String kind) {
    set("emitter.keys", kind, Keys::parse);
  }

  @Option(
      names = "--schema-mix",
      order = 12,
      paramLabel = "MIX",
      description =
          "Which versions of the schema events are written in, by weight, such as v1:80,v2:20. Default: v1:100")
  void schemaMix(String mix) {
    set("emitter.schema-mix", mix, SchemaMix::parse);
  }

  @Option(
      names = "--batch-records",
      order = 13,
      paramLabel = "COUNT",
      description = "The most records in a batch. Default: 1024")
  void batchRecords(String count) {
    set("emitter.batch-records", count, Integer::parseInt);
  }

  @Option(
      names = "--startup-timeout",
      order = 14,
      paramLabel = "TIME",
      description = "How long broker and registry may take to answer at start. Default: 30s")
  void startupTimeout(String time) {
    set("emitter.startup-timeout", time, Quantity::time);
  }

  @Option(
      names = "--http-port",
      order = 15,
      paramLabel = "PORT",
      description = "Port of /q/metrics, /q/health and /emission; 0 for a free one. Default: 8080")
  void httpPort(String port) {
    set("quarkus.http.port", port, Integer::parseInt);
  }

  @Option(
      names = "--json",
      order = 16,
      description = "Summary as one JSON object on standard output, progress as JSON lines.")
  void json(boolean json) {
    set("emitter.json", Boolean.toString(json));
  }

  private static void requireGuarantee(String text) {
    if (!List.of("exactly-once", "at-least-once").contains(text)) {
      throw new IllegalArgumentException(
          "not a guarantee: '%s' (valid: exactly-once, at-least-once)".formatted(text));
    }
  }

  private void set(String property, String value, Consumer<String> check) {
    try {
      check.accept(value);
    } catch (NumberFormatException e) {
      throw wrong("not a whole number: '%s'".formatted(value));
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
    set(property, value);
  }

  private void set(String property, String value) {
    System.setProperty(property, value);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
