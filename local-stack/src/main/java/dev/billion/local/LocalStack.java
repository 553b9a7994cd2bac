// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * A running broker, or several, and a schema registry, each a process of its own on the loopback
 * interface. They stop when this is closed, when the JVM exits, and when it is killed. Safe for use
 * by several threads.
 */
public final class LocalStack implements AutoCloseable {

  private final Home home;
  private final Java java;
  private final List<Broker> brokers;
  private final Registry registry;
  private final Thread atExit = new Thread(this::end, "local-stack-exit");

  LocalStack(Home home, Java java, List<Broker> brokers, Registry registry) {
    this.home = home;
    this.java = java;
    this.brokers = List.copyOf(brokers);
    this.registry = registry;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Where Kafka clients connect, {@code host:port}, of several separated by commas. */
  public String bootstrap() {
    return brokers.stream().map(Broker::bootstrap).collect(Collectors.joining(","));
  }

  /** Where the registry's Confluent-compatible API starts. */
  public String registryUrl() {
    return registry.url();
  }

  /** The broker, or the first of several. */
  public Broker broker() {
    return brokers.get(0);
  }

  /** All of them, in the order of their ids. */
  public List<Broker> brokers() {
    return brokers;
  }

  /** An administration client that any of the brokers serves; the caller closes it. */
  public Admin admin() {
    return Broker.admin(bootstrap());
  }

  public Registry registry() {
    return registry;
  }

  /** Completes with a line that says which server ended, should one end before it is told to. */
  public CompletableFuture<String> onEnd() {
    return CompletableFuture.anyOf(
            servers().map(Server::onExit).toArray(CompletableFuture<?>[]::new))
        .thenApply(
            status ->
                servers().filter(server -> !server.isAlive()).findFirst().orElseThrow().ended());
  }

  /** Data and logs of the servers; a temporary one is removed at close. */
  public Path directory() {
    return home.directory();
  }

  /** How to run further programs that end with this JVM. */
  public Java java() {
    return java;
  }

  /** Stops the servers, and removes a temporary directory. */
  @Override
  public void close() {
    forget(atExit);
    end();
  }

  void closeAtExit() {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  private void end() {
    brokers.forEach(Server::terminate);
    registry.stop();
    brokers.forEach(Server::stop);
    home.close();
  }

  private Stream<Server> servers() {
    return Stream.concat(brokers.stream(), Stream.of(registry));
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is exiting: too late to forget, and stopping twice does no harm
    }
  }

  /** What to start. Not for use by several threads. */
  public static final class Builder {
    Path directory;
    int brokers = 1;
    int kafkaPort;
    int registryPort;
    String brokerHeap = "512m";
    int brokerMetrics;
    Duration readyWithin = Duration.ofSeconds(90);
    boolean closedAtExit = true;
    final List<Topic> topics = new ArrayList<>();
    final Map<String, String> brokerProperties = new HashMap<>();

    private Builder() {}

    /** Keeps the data in a directory, and starts on what is there. Default: a temporary one. */
    public Builder directory(Path directory) {
      this.directory = directory;
      return this;
    }

    /**
     * How many brokers. Of three or more any one may be away: topics have three replicas then, and
     * two of them in sync are enough. Default: 1.
     */
    public Builder brokers(int brokers) {
      this.brokers = brokers;
      return this;
    }

    /** The port for Kafka clients, of several brokers the first's. Default: a free one. */
    public Builder kafkaPort(int port) {
      this.kafkaPort = port;
      return this;
    }

    /** The registry's port. Default: a free one. */
    public Builder registryPort(int port) {
      this.registryPort = port;
      return this;
    }

    /** Creates a topic, unless one of that name is there. */
    public Builder topic(Topic topic) {
      topics.add(topic);
      return this;
    }

    /** Sets a broker property, over our own; listeners are added to our own. */
    public Builder brokerProperty(String name, String value) {
      brokerProperties.put(name, value);
      return this;
    }

    /**
     * Lets a broker in again 3 s after it was killed, instead of 9. Where it is the only one,
     * transactions that expire before that stay open for good: Kafka takes their partitions,
     * without a leader, for deleted.
     */
    public Builder shortSessions() {
      return brokerProperty("broker.session.timeout.ms", "3000")
          .brokerProperty("broker.heartbeat.interval.ms", "500");
    }

    /** The broker's largest heap, as {@code -Xmx} takes it. Default: 512m. */
    public Builder brokerHeap(String heap) {
      this.brokerHeap = heap;
      return this;
    }

    /**
     * Has the (first) broker serve its metrics for Prometheus on this port. Default: it does not.
     */
    public Builder brokerMetrics(int port) {
      this.brokerMetrics = port;
      return this;
    }

    /** How long each server may take to get ready. Default: 90 s. */
    public Builder readyWithin(Duration deadline) {
      this.readyWithin = deadline;
      return this;
    }

    /** Whether the servers stop by themselves when the JVM exits in good order. Default: yes. */
    public Builder closedAtExit(boolean closed) {
      this.closedAtExit = closed;
      return this;
    }

    /**
     * Starts all servers at once and returns when they serve and the topics are there.
     *
     * @throws LocalStackException if one does not start; nothing is left running then
     */
    public LocalStack start() {
      LocalStack stack = new Starter(this).start();
      if (closedAtExit) {
        stack.closeAtExit();
      }
      return stack;
    }
  }
}
