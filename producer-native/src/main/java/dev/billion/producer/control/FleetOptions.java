// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import dev.billion.producer.Console;
import dev.billion.producer.config.KafkaProperties;
import dev.billion.producer.pacing.Schedule;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which fleet, and how to reach it. */
final class FleetOptions {

  private static final int TIMEOUT_MILLIS = 15_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}",
      description = "Kafka brokers, separated by commas. Default: ${DEFAULT-VALUE}")
  private String bootstrap;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = "${env:EMITTER_TOPIC:-user-events}",
      description = "The topic that the fleet emits to. Default: ${DEFAULT-VALUE}")
  private String topic;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties for the Kafka clients, such as security.protocol and sasl.*.")
  private Path kafkaConfig;

  private ControlLog log;

  /** A schedule made from another one, at a time, ns since 1970, when so much was sent. */
  interface Change {
    Schedule apply(Schedule schedule, long now, long sent);
  }

  String topic() {
    return topic;
  }

  Admin admin() {
    return Admin.create(clientConfig());
  }

  ControlLog log() {
    if (log == null) {
      log = new ControlLog(clientConfig(), topic, Console::note);
    }
    return log;
  }

  /** What a parameter stands for; one line and exit code 2 if it is wrong. */
  <A, T> T checked(A parameter, Function<A, T> parser) {
    try {
      return parser.apply(parameter);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Changes the schedule of the open run. */
  int steer(Change change, Clock clock) throws InterruptedException {
    return change(
        (admin, open) -> {
          long sent = Sequences.committed(admin, topic, open.run()).sum();
          return course -> course.with(change.apply(course.schedule(), EpochNanos.of(clock), sent));
        });
  }

  /** Ends the open run, however far it is. */
  int stop() throws InterruptedException {
    return change((admin, open) -> course -> course.with(Course.Status.STOPPED));
  }

  private int change(Planning planning) throws InterruptedException {
    return withAdmin(
        admin -> {
          Optional<Course> open = read(admin).filter(Course::isOpen);
          if (open.isEmpty()) {
            return nothingOpen();
          }
          UnaryOperator<Course> change = planning.of(admin, open.get());
          Course course =
              log().update(present -> present.map(now -> now.isOpen() ? change.apply(now) : now));
          Console.result(Courses.describe(course));
          return ExitCode.OK;
        });
  }

  /** Makes a change of what is known of the open run. */
  @FunctionalInterface
  private interface Planning {
    UnaryOperator<Course> of(Admin admin, Course open) throws InterruptedException;
  }

  /** What one does with an administration client; failures are told in one line. */
  int withAdmin(Work work) throws InterruptedException {
    try (Admin admin = admin()) {
      return work.with(admin);
    } catch (SerializationException e) {
      Console.error(e.getMessage());
      return ExitCode.SOFTWARE;
    } catch (KafkaException e) {
      Console.error("cannot reach the fleet at %s: %s".formatted(bootstrap, e.getMessage()));
      return ExitCode.SOFTWARE;
    }
  }

  interface Work {
    int with(Admin admin) throws InterruptedException;
  }

  /** The course, if a fleet ever ran on this topic. */
  Optional<Course> read(Admin admin) throws InterruptedException {
    try {
      boolean known = admin.listTopics().names().get().contains(FleetTopics.control(topic));
      return known ? log().read() : Optional.empty();
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause().getMessage(), e.getCause());
    }
  }

  int nothingOpen() {
    Console.error(
        "no run is open on topic '%s': start one with 'produce --fleet'".formatted(topic));
    return ExitCode.SOFTWARE;
  }

  private Map<String, Object> clientConfig() {
    Map<String, Object> config = new HashMap<>();
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    config.put("max.block.ms", TIMEOUT_MILLIS);
    config.putAll(KafkaProperties.read(System.getenv()));
    if (kafkaConfig != null) {
      config.putAll(checked(kafkaConfig, KafkaProperties::read));
    }
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    return config;
  }
}
