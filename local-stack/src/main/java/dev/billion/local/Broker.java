// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A Kafka node, broker and KRaft controller in one process. */
public final class Broker extends Server {

  private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(5);

  /**
   * How to run it.
   *
   * @param jars its class path
   * @param seat its place among the others
   * @param files its directory
   * @param log its log file
   * @param heap its largest heap, as {@code -Xmx} takes it
   * @param options further options of its JVM
   * @param properties settings that go before our own
   */
  record Config(
      List<Path> jars,
      Seat seat,
      BrokerFiles files,
      Path log,
      String heap,
      List<String> options,
      Map<String, String> properties) {}

  private final Java java;
  private final Config config;

  Broker(Java java, Config config, int port, Duration readyWithin) {
    super(port, readyWithin);
    this.java = java;
    this.config = config;
  }

  /** Its id, from 1 on. */
  public int id() {
    return config.seat().id();
  }

  /** Where clients reach it, {@code host:port}. */
  public String bootstrap() {
    return Ports.HOST + ":" + port();
  }

  /** An administration client of this broker; the caller closes it. */
  public Admin admin() {
    return admin(bootstrap());
  }

  static Admin admin(String bootstrap) {
    int timeout = (int) ADMIN_TIMEOUT.toMillis();
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            timeout,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            timeout));
  }

  /** Has it lose all it has written, while it does not run. The next start finds an empty disk. */
  public void removeData() {
    Directories.remove(config.files().data());
  }

  @Override
  ChildProcess launch() {
    config.files().write(port(), config.seat(), config.properties());
    if (!config.files().formatted()) {
      format();
    }
    List<String> options = new ArrayList<>(config.options());
    options.add("-Xmx" + config.heap());
    return run("kafka.Kafka", options, List.of(properties()));
  }

  @Override
  boolean serves() {
    if (!Ports.accepts(port())) {
      return false;
    }
    try (Admin admin = admin()) {
      return !admin
          .describeCluster()
          .nodes()
          .get(ADMIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          .isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void format() {
    List<String> arguments = new ArrayList<>(config.seat().format());
    arguments.addAll(List.of("--config", properties()));
    ChildProcess format =
        run("kafka.tools.StorageTool", List.of("-XX:TieredStopAtLevel=1"), arguments);
    if (format.onExit().join() != 0) {
      throw ServerFailure.ended(format, port());
    }
  }

  private ChildProcess run(String mainClass, List<String> options, List<String> arguments) {
    List<String> all = new ArrayList<>(options);
    all.add("-XX:+UseSerialGC");
    all.add("-Dlog4j2.configurationFile=" + config.files().logging());
    return ChildProcess.start(
        new ChildProcess.Command(
            config.seat().name(),
            java.main(all, config.jars(), mainClass, arguments),
            Map.of(),
            config.log()));
  }

  private String properties() {
    return config.files().properties().toString();
  }
}
