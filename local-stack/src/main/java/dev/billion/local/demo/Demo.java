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
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;

/**
 * The whole pipeline, once: producer to sink on a running stack, until every record is committed,
 * then the proof. For one thread.
 */
public final class Demo {

  /** The consumer group of the sink. */
  public static final String GROUP = "billion-sink";

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration TICK = Duration.ofMillis(500);

  private final DemoOptions options;
  private final Workspace space;
  private final LocalStack stack;
  private final Programs programs;
  private final Watcher watcher;
  private final LongSupplier nanoTime;

  /**
   * @param stack has the topic of {@link Programs} and the one for its dead letters
   * @param watcher is closed when all is committed
   */
  public Demo(
      DemoOptions options,
      Workspace space,
      LocalStack stack,
      Programs programs,
      Watcher watcher,
      LongSupplier nanoTime) {
    this.options = options;
    this.space = space;
    this.stack = stack;
    this.programs = programs;
    this.watcher = watcher;
    this.nanoTime = nanoTime;
  }

  /**
   * Runs it. The producer and the sink have ended when this returns or throws.
   *
   * @throws LocalStackException if a part fails or does not move any more
   */
  public Summary run() throws InterruptedException {
    try (Admin admin = stack.broker().admin()) {
      OffsetReader offsets =
          new OffsetReader(admin, Programs.TOPIC, GROUP, IsolationLevel.READ_COMMITTED);
      Sink sink = new Sink(this::startSink);
      try {
        Program producer =
            Program.start("producer", programs.produce(options, stack), space.log("producer"));
        watcher.started(producer.process());
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
    try (watcher) {
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
        watcher.show(tracker.progress());
      }
    }
  }

  private Program startSink() {
    Program sink = Program.start("sink", programs.stream(space, stack), space.log("sink"));
    watcher.started(sink.process());
    return sink;
  }

  private Summary summary(JsonNode produced, double seconds, int sinkRestarts)
      throws InterruptedException {
    try {
      Files.writeString(space.sent(), produced + "\n");
    } catch (IOException e) {
      throw new LocalStackException("cannot write " + Errors.describe(e), e);
    }
    JsonNode verified = Program.run("verifier", programs.verify(space), space.log("verifier"));
    return new Summary(produced, verified, seconds, sinkRestarts);
  }
}
