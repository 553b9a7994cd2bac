// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.sink.metrics.MetricsServer;
import dev.billion.sink.metrics.SinkMetrics;
import dev.billion.sink.stream.Observer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether and where the sink tells of itself. */
final class MetricsOptions {

  private static final String VALID = " (valid: PORT or HOST:PORT such as 0.0.0.0:9404)";

  @Option(
      names = "--metrics",
      paramLabel = "[HOST:]PORT",
      description =
          "Serve /q/metrics, /q/health/live and /q/health/ready there; without HOST on the loopback"
              + " interface alone (default: not at all).")
  private InetSocketAddress address;

  @Option(
      names = "--longest-batch",
      defaultValue = "15m",
      paramLabel = "TIME",
      description = "A batch that takes longer hangs: /q/health/live says so.")
  private Duration longestBatch;

  /** What observes the sink, and ends with it. */
  record Served(Observer observer, AutoCloseable... parts) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      for (AutoCloseable part : parts) {
        part.close();
      }
    }
  }

  /**
   * Starts to serve, if asked to.
   *
   * @throws dev.billion.sink.SinkException if it is not to be had
   */
  Served serve(Clock clock) {
    if (address == null) {
      return new Served(Observer.NONE);
    }
    SinkMetrics metrics = new SinkMetrics(clock, longestBatch);
    return new Served(metrics, new MetricsServer(address, metrics), metrics);
  }

  /**
   * @throws IllegalArgumentException if it is not an address
   */
  static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port < 1) {
        throw new NumberFormatException();
      }
      InetSocketAddress parsed =
          colon < 0
              ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
              : new InetSocketAddress(text.substring(0, colon), port);
      if (!parsed.isUnresolved()) {
        return parsed;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not an address to serve metrics at: '" + text + "'" + VALID, e);
    }
    throw new IllegalArgumentException("no such host: '" + text + "'" + VALID);
  }
}
