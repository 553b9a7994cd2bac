// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** Starts one stack: all servers at once, or none. */
final class Starter {

  private static final int PORT_ATTEMPTS = 5;
  private static final int MOST_BROKERS = 9;

  private final LocalStack.Builder wanted;
  private final Checkout checkout = Checkout.find();
  private final Uuid cluster = Uuid.randomUuid();
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
      requireSameNumber(home.directory());
      Java java = new Java(AgentJar.writeTo(home.directory()));
      return startAll(home, java);
    } catch (IOException e) {
      home.close();
      throw new LocalStackException("cannot write " + Errors.describe(e), e);
    } catch (RuntimeException e) {
      started.forEach(Server::stop);
      home.close();
      throw e;
    }
  }

  private LocalStack startAll(Home home, Java java) {
    try {
      List<Callable<List<Server>>> starts =
          List.of(
              () -> started(() -> brokers(home, java), wanted.kafkaPort),
              () -> started(() -> List.of(registry(home, java)), wanted.registryPort));
      List<List<Server>> servers = Together.call(starts);
      List<Broker> brokers = servers.get(0).stream().map(Broker.class::cast).toList();
      LocalStack stack = new LocalStack(home, java, brokers, (Registry) servers.get(1).get(0));
      Topics.create(stack.broker(), wanted.topics, wanted.readyWithin);
      return stack;
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted while starting", e);
    }
  }

  /** Starts servers, on ever new ports where the port may be any and was taken meanwhile. */
  private List<Server> started(Supplier<List<Server>> create, int wantedPort)
      throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      List<Server> servers = create.get();
      try {
        return Together.call(servers.stream().map(this::starting).toList());
      } catch (ExecutionException e) {
        boolean taken = e.getCause() instanceof ServerFailure.PortTaken;
        if (!taken || wantedPort != 0 || attempt == PORT_ATTEMPTS) {
          throw failure(e);
        }
        servers.stream().filter(started::remove).forEach(Server::stop);
      }
    }
  }

  private Callable<Server> starting(Server server) {
    return () -> {
      server.start();
      started.add(server);
      return server;
    };
  }

  private List<Server> brokers(Home home, Java java) {
    List<Integer> controllerPorts =
        IntStream.range(0, wanted.brokers).mapToObj(number -> Ports.freeForLater()).toList();
    return IntStream.rangeClosed(1, wanted.brokers)
        .<Server>mapToObj(id -> broker(home, java, new Seat(id, controllerPorts, cluster)))
        .toList();
  }

  private Broker broker(Home home, Java java, Seat seat) {
    Broker.Config config =
        new Broker.Config(
            checkout.brokerJars(),
            seat,
            new BrokerFiles(home.directory().resolve(seat.name())),
            log(home, seat.name()),
            wanted.brokerHeap,
            wanted.brokerMetrics == 0 || seat.id() > 1
                ? List.of()
                : List.of(checkout.brokerAgent(wanted.brokerMetrics)),
            wanted.brokerProperties);
    return new Broker(
        java, config, port(seat.id() == 1 ? wanted.kafkaPort : 0), wanted.readyWithin);
  }

  private Registry registry(Home home, Java java) {
    Registry.Config config =
        new Registry.Config(
            checkout.registryJar(), home.directory().resolve("registry"), log(home, "registry"));
    return new Registry(java, config, port(wanted.registryPort), wanted.readyWithin);
  }

  private static LocalStackException failure(ExecutionException e) {
    return new LocalStackException(e.getCause().getMessage(), e);
  }

  private static void requireFree(int port, String option) {
    if (port != 0) {
      Ports.requireFree(port, option);
    }
  }

  /** Brokers of a cluster of another size would begin a cluster of their own. */
  private void requireSameNumber(Path directory) {
    long there =
        IntStream.rangeClosed(0, MOST_BROKERS)
            .mapToObj(id -> directory.resolve(id == 0 ? "broker" : "broker-" + id))
            .filter(Files::exists)
            .count();
    if (there != 0 && there != wanted.brokers) {
      throw new LocalStackException(
          "%s has the data of %d brokers: start as many (--brokers), or choose another directory"
              .formatted(directory, there));
    }
  }

  private static int port(int wanted) {
    return wanted == 0 ? Ports.freeForLater() : wanted;
  }

  private static Path log(Home home, String name) {
    return home.directory().resolve("logs").resolve(name + ".log");
  }
}
