// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.chore;

import dev.billion.sink.SinkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sink's driver does beside the stream, again and again. A chore that fails is logged and
 * tried again next time; the stream never notices. Their Spark jobs are in a pool of their own,
 * which shares the cores evenly with the stream's.
 */
public final class Chores implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  /** Something to be done now and then. */
  @FunctionalInterface
  public interface Chore {
    void run() throws Exception;
  }

  private final SparkSession spark;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          3, // none waits for another
          task -> {
            Thread thread = new Thread(task, "chore");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Runnable> all = new ArrayList<>();
  private volatile boolean closed;

  public Chores(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Has a chore done from now on.
   *
   * @param name what the log calls it
   * @param period from the end of one round to the begin of the next, and before the first
   */
  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its thread
  public void every(Duration period, String name, Chore chore) {
    Runnable round = () -> run(name, chore);
    all.add(round);
    Runnable named =
        () -> {
          Thread.currentThread().setName(name); // for who looks at what threads take
          round.run();
        };
    threads.scheduleWithFixedDelay(
        named, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Has everything done a last time, once the stream has ended by itself. */
  public void finish() throws InterruptedException {
    threads.shutdown();
    while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
      LOG.info("waiting for a chore to end");
    }
    all.forEach(Runnable::run);
  }

  /**
   * Lets no chore begin any more. One that runs goes on until its Spark is closed, which is safe.
   */
  @Override
  public void close() {
    closed = true;
    threads.shutdown();
  }

  private void run(String name, Chore chore) {
    try {
      spark.sparkContext().setLocalProperty("spark.scheduler.pool", "chores");
      chore.run();
    } catch (Exception e) {
      if (closed) {
        LOG.debug("{} ended with the sink", name, e);
      } else {
        LOG.warn("{} failed, which the next round makes good: {}", name, reason(e));
        LOG.debug("{}", name, e);
      }
    }
  }

  private static String reason(Exception e) {
    return e instanceof SinkException ? e.getMessage() : e.toString();
  }
}
