// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code billion up}: a broker and a registry until Ctrl-C. */
@Command(
    name = "up",
    sortOptions = false,
    description = "Start a Kafka broker and a schema registry, and keep them until Ctrl-C.")
final class UpCommand implements Callable<Integer> {

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Keep the data here, and go on with what is there. Default: a temporary one.")
  private Path directory;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      defaultValue = "1",
      converter = Options.Brokers.class,
      description =
          "How many brokers; of three or more one may be away. Default: ${DEFAULT-VALUE}.")
  private int brokers;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      converter = Options.Port.class,
      description = "Port of the (first) broker on 127.0.0.1. Default: a free one.")
  private int kafkaPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      converter = Options.Port.class,
      description = "Port of the registry on 127.0.0.1. Default: a free one.")
  private int registryPort;

  @Option(
      names = "--broker-metrics",
      paramLabel = "PORT",
      converter = Options.Port.class,
      description =
          "Serve the broker's metrics for Prometheus on this port of 127.0.0.1. Default: not at all.")
  private int brokerMetrics;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "user-events",
      description = "Topic to create, and TOPIC-dead-letters beside it. Default: ${DEFAULT-VALUE}.")
  private String topic;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "120",
      converter = Options.Partitions.class,
      description = "Partitions of a topic that is not there yet. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(names = "--json", description = "Print the addresses as one line of JSON.")
  private boolean json;

  private final PrintStream out;

  UpCommand(PrintStream out) {
    this.out = out;
  }

  /** Returns 0 when it was asked to stop. */
  @Override
  public Integer call() {
    long begin = System.nanoTime();
    try (LocalStack stack = start()) {
      out.println(
          json ? addresses(stack) : text(stack, Duration.ofNanos(System.nanoTime() - begin)));
      out.flush();
      throw new LocalStackException(stack.onEnd().get());
    } catch (InterruptedException e) {
      return 0;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private LocalStack start() {
    return LocalStack.builder()
        .directory(directory)
        .brokers(brokers)
        .kafkaPort(kafkaPort)
        .registryPort(registryPort)
        .brokerHeap("1g")
        .brokerMetrics(brokerMetrics)
        .topic(Topic.of(topic, partitions))
        .topic(Topic.of(topic + "-dead-letters", 1))
        .closedAtExit(false)
        .start();
  }

  private String addresses(LocalStack stack) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("bootstrap", stack.bootstrap())
        .put("registry", stack.registryUrl())
        .put("topic", topic)
        .put("directory", stack.directory().toString())
        .toString();
  }

  private String text(LocalStack stack, Duration took) {
    Examples examples = new Examples(stack.bootstrap(), stack.registryUrl(), topic);
    return """
    ready after %.1f s
      broker     %s
      registry   %s
      topic      %s
      directory  %s%s

    try, in another terminal:
      %s
      %s
      %s

    Ctrl-C stops it\
    """
        .formatted(
            took.toMillis() / 1e3,
            stack.bootstrap(),
            stack.registryUrl(),
            topic,
            stack.directory(),
            directory == null ? " (removed at the end; --dir DIR keeps it)" : "",
            examples.produce(),
            examples.sink(stack.directory()),
            Examples.verify(stack.directory()));
  }
}
