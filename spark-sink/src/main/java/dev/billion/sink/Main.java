// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink;

import dev.billion.sink.cli.SinkCommand;
import dev.billion.sink.cli.Surroundings;
import dev.billion.sink.stream.StopRequest;
import java.time.Clock;
import java.util.List;
import sun.misc.Signal;

/** Entry point of {@code spark-sink.jar} and of spark-submit. */
public final class Main {

  /** What a shell adds to a signal's number. */
  private static final int SIGNALLED = 128;

  private Main() {}

  public static void main(String[] args) {
    StopRequest stop = new StopRequest();
    stopOnSignals(stop);
    System.exit(
        SinkCommand.run(
            args,
            new Surroundings(System.getenv(), Clock.systemUTC(), stop, System.out, System.err)));
  }

  /**
   * The first signal asks the sink to stop. Where nobody heeds it, and the second time, it ends the
   * process at once, which is as safe as a crash. A shutdown hook would not do: Spark has its own,
   * which takes the running batch down at the same time.
   */
  private static void stopOnSignals(StopRequest stop) {
    for (String name : List.of("TERM", "INT")) {
      Signal.handle(
          new Signal(name),
          signal -> {
            if (!stop.make()) {
              Runtime.getRuntime().halt(SIGNALLED + signal.getNumber());
            }
          });
    }
  }
}
