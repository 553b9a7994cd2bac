// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Starts one stack: both servers at once, or none. */
final class Starter {

  private static final int PORT_ATTEMPTS = 5;
  private static final int STOP_SECONDS = 60;

  private final LocalStack.Builder wanted;
  private final Checkout checkout = Checkout.find();
  private final Queue<Server> started = new ConcurrentLinkedQueue<>();

  Starter(LocalStack.Builder wanted) {
    this.wanted = wanted;
  }

  LocalStack start() {
    requireFree(wanted.kafkaPort, "--kafka-port");
    requireFree(wanted.registryPort, "--registry-port");
    requireFree(wanted.brokerMetrics, "--broker-metrics");
    Home home = Home.open(wanted.directory);
    try {
      Java java = new Java(AgentJar.writeTo(home.directory()));
      return startBoth(home, java);
    } catch (IOException e) {
      home.close();
      throw new LocalStackException("cannot write " + Errors.describe(e), e);
    } catch (RuntimeException e) {
      started.forEach(Server::stop);
      home.close();
      throw e;
    }
  }

  private LocalStack startBoth(Home home, Java java) {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CompletionService<Server> ready = new ExecutorCompletionService<>(threads);
      Future<Server> broker =
          ready.submit(() -> started(() -> broker(home, java), wanted.kafkaPort));
      Future<Server> registry =
          ready.submit(() -> started(() -> registry(home, java), wanted.registryPort));
      ready.take().get();
      ready.take().get();
      LocalStack stack =
          new LocalStack(home, java, (Broker) broker.get(), (Registry) registry.get());
      Topics.create(stack.broker(), wanted.topics, wanted.readyWithin);
      return stack;
    } catch (ExecutionException e) {
      throw new LocalStackException(e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      end(threads);
    }
  }

  /** Starts a server, on ever new ports where the port may be any and was taken meanwhile. */
  private Server started(Supplier<Server> create, int wantedPort) {
    for (int attempt = 1; ; attempt++) {
      Server server = create.get();
      try {
        server.start();
        started.add(server);
        return server;
      } catch (ServerFailure.PortTaken e) {
        if (wantedPort != 0 || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Broker broker(Home home, Java java) {
    Broker.Config config =
        new Broker.Config(
            checkout.brokerJars(),
            new BrokerFiles(home.directory().resolve("broker")),
            log(home, "broker"),
            wanted.brokerHeap,
            wanted.brokerMetrics == 0
                ? List.of()
                : List.of(checkout.brokerAgent(wanted.brokerMetrics)),
            wanted.brokerProperties);
    return new Broker(java, config, port(wanted.kafkaPort), Ports.free(), wanted.readyWithin);
  }

  private Registry registry(Home home, Java java) {
    Registry.Config config =
        new Registry.Config(
            checkout.registryJar(), home.directory().resolve("registry"), log(home, "registry"));
    return new Registry(java, config, port(wanted.registryPort), wanted.readyWithin);
  }

  /** Interrupts a start that goes on, and waits until it has cleaned up. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new LocalStackException("a server did not stop within " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static LocalStackException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new LocalStackException("interrupted while starting", e);
  }

  private static void requireFree(int port, String option) {
    if (port != 0) {
      Ports.requireFree(port, option);
    }
  }

  private static int port(int wanted) {
    return wanted == 0 ? Ports.free() : wanted;
  }

  private static Path log(Home home, String name) {
    return home.directory().resolve("logs").resolve(name + ".log");
  }
}
