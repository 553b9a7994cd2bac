// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import dev.billion.local.ChildProcess;
import dev.billion.local.Errors;
import dev.billion.local.LocalStackException;
import dev.billion.local.Ports;
import dev.billion.local.program.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** An emitter of the fleet, as a process. For one thread. */
final class Member {

  private static final int READY = 200;
  private static final int TERMINATED = ChildProcess.SIGNALLED + 15;
  private static final String PEAK = "VmHWM:";

  private final Program program;
  private final URI readiness;
  private boolean killed;
  private boolean leaving;
  private long peakKib;

  /**
   * @param command without the port of its HTTP server
   * @param httpPort that port
   */
  Member(ChildProcess.Command command, int httpPort) {
    this.program = Program.start(command);
    this.readiness = URI.create("http://%s:%d/q/health/ready".formatted(Ports.HOST, httpPort));
  }

  /** Whether it is there to be disturbed. */
  boolean isActive() {
    return !leaving && !killed && !program.ended();
  }

  boolean ended() {
    return program.ended();
  }

  /** Records that it has committed, as it said last. */
  long sent() {
    return program.feed().progress("sent");
  }

  void leave() {
    leaving = true;
    program.process().terminate();
  }

  void kill() {
    killed = true;
    program.process().kill();
  }

  void freeze() throws InterruptedException {
    program.process().freeze();
  }

  void wake() throws InterruptedException {
    program.process().wake();
  }

  /**
   * @throws LocalStackException if it has ended as it should not
   */
  void requireWell() {
    if (!killed && program.ended() && program.status() != 0 && !leftBeforeItBegan()) {
      throw program.failure();
    }
  }

  /** It drains from its first record on; before that, to be asked to end is the end. */
  private boolean leftBeforeItBegan() {
    return leaving && sent() == 0 && program.status() == TERMINATED;
  }

  /** Whether it says that records flow. */
  boolean isReady(HttpClient http) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == READY;
    } catch (IOException e) {
      return false;
    }
  }

  /** The most memory that it has held by now, KiB. */
  long peakKib() {
    if (!program.ended()) {
      peakKib = Math.max(peakKib, readPeakKib());
    }
    return peakKib;
  }

  private long readPeakKib() {
    Path status = Path.of("/proc", Long.toString(program.process().pid()), "status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0); // it has just ended
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new LocalStackException("cannot read " + Errors.describe(e), e);
    }
  }
}
