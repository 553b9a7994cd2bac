// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.local.Errors;
import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * The whole pipeline, once: producer to sink on a running stack, until every record is committed,
 * then the proof. For one thread.
 */
final class Demo {

  static final String GROUP = "billion-sink";

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration TICK = Duration.ofMillis(500);

  private final DemoOptions options;
  private final Workspace space;
  private final LocalStack stack;
  private final Programs programs;
  private final LiveLine line;
  private final LongSupplier nanoTime;

  Demo(
      DemoOptions options,
      Workspace space,
      LocalStack stack,
      Programs programs,
      LiveLine line,
      LongSupplier nanoTime) {
    this.options = options;
    this.space = space;
    this.stack = stack;
    this.programs = programs;
    this.line = line;
    this.nanoTime = nanoTime;
  }

  /**
   * Runs it. The producer and the sink have ended when this returns or throws.
   *
   * @throws LocalStackException if a part fails or does not move any more
   */
  Summary run() throws InterruptedException {
    try (Admin admin = stack.broker().admin()) {
      OffsetReader offsets = new OffsetReader(admin, Programs.TOPIC, GROUP);
      Sink sink = new Sink(this::startSink);
      try {
        Program producer =
            Program.start("producer", programs.produce(options, stack), space.log("producer"));
        try {
          Tracker tracker =
              new Tracker(options, producer, sink, offsets.read(), nanoTime.getAsLong());
          follow(tracker, producer, sink, offsets);
          sink.terminate(); // all is committed: the proof need not wait for its end
          return summary(producer.summary(), tracker.seconds(), sink.restarts());
        } finally {
          producer.process().terminate();
          sink.stop();
          producer.stop(GRACE);
        }
      } finally {
        sink.stop();
      }
    }
  }

  private void follow(Tracker tracker, Program producer, Sink sink, OffsetReader offsets)
      throws InterruptedException {
    CompletableFuture<String> serverEnd = stack.onEnd();
    try (line) {
      while (!tracker.done()) {
        Thread.sleep(TICK.toMillis());
        if (serverEnd.isDone()) {
          throw new LocalStackException(serverEnd.join());
        }
        if (producer.ended() && producer.status() != 0) {
          throw producer.failure();
        }
        long now = nanoTime.getAsLong();
        tracker.update(now, offsets.read());
        sink.check(now, tracker.committedAt());
        line.show(tracker.progress());
      }
    }
  }

  private Program startSink() {
    return Program.start("sink", programs.stream(space, stack), space.log("sink"));
  }

  private Summary summary(JsonNode produced, double seconds, int sinkRestarts)
      throws InterruptedException {
    try {
      Files.writeString(space.sent(), produced + "\n");
    } catch (IOException e) {
      throw new LocalStackException("cannot write " + Errors.describe(e), e);
    }
    Program verifier = Program.start("verifier", programs.verify(space), space.log("verifier"));
    try {
      verifier.process().onExit().get();
      return new Summary(produced, verifier.summary(), seconds, sinkRestarts);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      verifier.stop(Duration.ZERO);
    }
  }
}
