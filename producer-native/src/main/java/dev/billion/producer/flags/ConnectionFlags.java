// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.flags;

import dev.billion.producer.config.KafkaProperties;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where broker and registry are, and what they ask of who connects. */
public final class ConnectionFlags {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--bootstrap",
      order = 1,
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, separated by commas. Default: localhost:9092")
  void bootstrap(String servers) {
    Setting.set("kafka.bootstrap.servers", servers);
  }

  @Option(
      names = "--registry",
      order = 2,
      paramLabel = "URL",
      description = "Schema registry (Confluent REST API). Default: http://localhost:8081")
  void registry(String url) {
    Setting.set("emitter.registry.url", url);
  }

  @Option(
      names = "--registry-user",
      order = 3,
      paramLabel = "USER",
      description = "User of the registry's basic authentication.")
  void registryUser(String user) {
    Setting.set("emitter.registry.user", user);
  }

  @Option(
      names = "--kafka-config",
      order = 4,
      paramLabel = "FILE",
      description = "Properties for the Kafka clients, such as security.protocol and sasl.*.")
  void kafkaConfig(Path file) {
    try {
      KafkaProperties.read(file).forEach((name, value) -> Setting.set("kafka." + name, value));
    } catch (IllegalArgumentException e) {
      throw Setting.wrong(spec, e);
    }
  }

  @Option(
      names = "--topic",
      order = 5,
      paramLabel = "NAME",
      description = "Where to. Default: user-events; dead letters go to NAME-dead-letters")
  void topic(String name) {
    Setting.set("emitter.topic", name);
  }
}
