// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import dev.billion.local.ChildProcess;
import dev.billion.local.program.Program;
import java.util.function.Supplier;

/** The sink, which is started again however it ends, as an orchestrator would. */
final class SupervisedSink implements Part {

  private static final int TERMINATED = ChildProcess.SIGNALLED + 15;

  private final Supplier<Program> starter;
  private final Failures failures;
  private Program program;
  private boolean struck;
  private int restarts;
  private long eventsBefore;

  /**
   * Starts it.
   *
   * @param failures of sinks that ended by themselves
   */
  SupervisedSink(Supplier<Program> starter, Failures failures) {
    this.starter = starter;
    this.failures = failures;
    this.program = starter.get();
  }

  @Override
  public synchronized void tend() {
    if (!program.ended()) {
      return;
    }
    if (!struck) {
      failures.add(program.failure());
    }
    eventsBefore += events(program);
    struck = false;
    restarts++;
    program = starter.get();
  }

  @Override
  public Recovery strike(Strike strike) throws InterruptedException {
    Program victim = program();
    switch (strike.fault()) {
      case SINK_KILL -> {
        expectEnd();
        victim.process().kill();
      }
      case SINK_TERM -> {
        expectEnd();
        victim.process().terminate();
        Grace.give("sink", victim::ended);
        requireOrderly(victim);
      }
      case SINK_FREEZE -> victim.process().freeze(strike.lasting());
      default -> throw new IllegalArgumentException("no fault of a sink: " + strike.fault());
    }
    long before = events(victim);
    return () -> {
      Program now = program();
      return events(now) > (now.equals(victim) ? before : 0);
    };
  }

  /** Asked while it starts, it ends by the signal. */
  private static void requireOrderly(Program victim) {
    int status = victim.status();
    if (status != 0 && status != TERMINATED) {
      throw victim.failure();
    }
  }

  /** Events that are committed, as the sinks said last; what the killed did not say is not in. */
  synchronized long events() {
    return eventsBefore + events(program);
  }

  synchronized ChaosSummary.Programs count() {
    return new ChaosSummary.Programs(restarts + 1, failures.count());
  }

  synchronized ChildProcess process() {
    return program.process();
  }

  synchronized void stop() {
    program.stop(Grace.TIME);
  }

  private synchronized Program program() {
    return program;
  }

  private synchronized void expectEnd() {
    struck = true;
  }

  private static long events(Program sink) {
    return sink.feed().progress("events");
  }
}
