// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billion.local.ChildProcess;
import dev.billion.local.Errors;
import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An emitter of a fleet, as a process. Safe for use by several threads. */
public final class Member {

  private static final int READY = 200;
  private static final int TERMINATED = ChildProcess.SIGNALLED + 15;
  private static final String PEAK = "VmHWM:";

  private final Program program;
  private final URI readiness;
  private volatile boolean killed;
  private volatile boolean leaving;
  private volatile long peakKib;

  /**
   * How to start one.
   *
   * @param emitter what starts the emitter, before its own arguments
   * @param stack what it works on
   * @param topic where to
   * @param flags what the run is, should it be the first
   * @param environment its settings
   */
  public record Recipe(
      List<String> emitter,
      LocalStack stack,
      String topic,
      List<String> flags,
      Map<String, String> environment) {

    /** Starts it; its log is named after it. */
    public Member start(String name) {
      int port = Ports.freeForLater();
      List<String> command = new ArrayList<>(emitter);
      command.addAll(List.of("--fleet", "--topic", topic));
      command.addAll(List.of("--bootstrap", stack.bootstrap(), "--registry", stack.registryUrl()));
      command.addAll(flags);
      command.addAll(List.of("--http-port", Integer.toString(port), "--json"));
      Path log = stack.directory().resolve("logs").resolve(name + ".log");
      return new Member(
          Program.start(new ChildProcess.Command("emitter", command, environment, log)), port);
    }
  }

  private Member(Program program, int httpPort) {
    this.program = program;
    this.readiness = URI.create("http://%s:%d/q/health/ready".formatted(Ports.HOST, httpPort));
  }

  public ChildProcess process() {
    return program.process();
  }

  /** Whether it is there to be disturbed. */
  public boolean isActive() {
    return !leaving && !killed && !program.ended();
  }

  public boolean ended() {
    return program.ended();
  }

  /** Records that it has committed, as it said last. */
  public long sent() {
    return program.feed().progress("sent");
  }

  public void leave() {
    leaving = true;
    program.process().terminate();
  }

  public void kill() {
    killed = true;
    program.process().kill();
  }

  public void freeze() throws InterruptedException {
    program.process().freeze();
  }

  /** Stops it where it is for a while. */
  public void freeze(Duration time) throws InterruptedException {
    program.process().freeze(time);
  }

  public void wake() throws InterruptedException {
    program.process().wake();
  }

  /**
   * @throws LocalStackException if it has ended as it should not
   */
  public void requireWell() {
    if (failed()) {
      throw failure();
    }
  }

  /** Whether it has ended as it should not. */
  public boolean failed() {
    return !killed && program.ended() && program.status() != 0 && !leftBeforeItBegan();
  }

  /** Why it ended. */
  public LocalStackException failure() {
    return program.failure();
  }

  /** It drains from its first record on; before that, to be asked to end is the end. */
  private boolean leftBeforeItBegan() {
    return leaving && sent() == 0 && program.status() == TERMINATED;
  }

  /** Whether it says that records flow, of some that are on their way. */
  public boolean saysRecordsFlow(HttpClient http) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(5)).build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      return response.statusCode() == READY && inFlight(response.body()) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** How many records are on their way, by an answer of its health. */
  static long inFlight(String health) throws IOException {
    JsonNode records = new ObjectMapper().readTree(health).findValue("in flight records");
    return records == null ? 0 : records.asLong();
  }

  /** The most memory that it has held by now, KiB. */
  public long peakKib() {
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
