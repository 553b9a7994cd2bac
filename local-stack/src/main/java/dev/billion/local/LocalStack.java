// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A running broker and schema registry, each a process of its own on the loopback interface. They
 * stop when this is closed, when the JVM exits, and when it is killed. Safe for use by several
 * threads.
 */
public final class LocalStack implements AutoCloseable {

  private final Home home;
  private final Java java;
  private final Broker broker;
  private final Registry registry;
  private final Thread atExit = new Thread(this::end, "local-stack-exit");

  LocalStack(Home home, Java java, Broker broker, Registry registry) {
    this.home = home;
    this.java = java;
    this.broker = broker;
    this.registry = registry;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Where Kafka clients connect, {@code host:port}. */
  public String bootstrap() {
    return broker.bootstrap();
  }

  /** Where the registry's Confluent-compatible API starts. */
  public String registryUrl() {
    return registry.url();
  }

  public Broker broker() {
    return broker;
  }

  public Registry registry() {
    return registry;
  }

  /** Completes with a line that says which server ended, should one end before it is told to. */
  public CompletableFuture<String> onEnd() {
    return CompletableFuture.anyOf(broker.onExit(), registry.onExit())
        .thenApply(status -> broker.isAlive() ? registry.ended() : broker.ended());
  }

  /** Data and logs of the servers; a temporary one is removed at close. */
  public Path directory() {
    return home.directory();
  }

  /** How to run further programs that end with this JVM. */
  public Java java() {
    return java;
  }

  /** Stops both servers, and removes a temporary directory. */
  @Override
  public void close() {
    forget(atExit);
    end();
  }

  void closeAtExit() {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  private void end() {
    broker.terminate();
    registry.stop();
    broker.stop();
    home.close();
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

    /** The port for Kafka clients. Default: a free one. */
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

    /** The broker's largest heap, as {@code -Xmx} takes it. Default: 512m. */
    public Builder brokerHeap(String heap) {
      this.brokerHeap = heap;
      return this;
    }

    /** Has the broker serve its metrics for Prometheus on this port. Default: it does not. */
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
     * Starts both servers at once and returns when they serve and the topics are there.
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
