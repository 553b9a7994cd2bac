// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import java.time.Duration;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/** Tells of each new course, on a thread of its own, until it is closed. */
public final class Follower {

  private static final Duration POLL = Duration.ofMillis(500);

  private final ControlLog log;
  private final java.util.function.Consumer<Course> onCourse;
  private final java.util.function.Consumer<Exception> onFailure;
  private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
  private final Thread thread = new Thread(this::follow, "control");

  public Follower(
      ControlLog log,
      java.util.function.Consumer<Course> onCourse,
      java.util.function.Consumer<Exception> onFailure) {
    this.log = log;
    this.onCourse = onCourse;
    this.onFailure = onFailure;
    this.consumer = log.consumer();
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    try (consumer) {
      while (true) {
        try {
          log.last(consumer.poll(POLL)).ifPresent(onCourse);
        } catch (RetriableException e) {
          // the broker is away: the client goes on trying
        }
      }
    } catch (WakeupException e) {
      // closed
    } catch (RuntimeException e) {
      onFailure.accept(e);
    }
  }

  /** Ends, or goes on alone to its end after a time. */
  public void close(long atMostMillis) throws InterruptedException {
    consumer.wakeup();
    thread.join(atMostMillis);
  }
}
