// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells where the topic ends, again and again: how far behind the sink is must show also while a
 * batch hangs.
 */
final class LagFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LagFeed.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Brokers brokers;
  private final String topic;
  private final OffsetSpec beginning;
  private final Observer observer;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "lag");
            thread.setDaemon(true);
            return thread;
          });
  private boolean begun;

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its timer
  LagFeed(Brokers brokers, SinkSettings settings, Observer observer) {
    this.brokers = brokers;
    this.topic = settings.topic();
    this.beginning =
        settings.from() == SinkSettings.From.LATEST ? OffsetSpec.latest() : OffsetSpec.earliest();
    this.observer = observer;
    if (observer != Observer.NONE) {
      timer.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    try {
      if (!begun) {
        observer.begins(brokers.offsets(topic, beginning));
        begun = true;
      }
      observer.ends(brokers.offsets(topic, OffsetSpec.latest()));
    } catch (ExecutionException e) {
      LOG.debug("the end of topic '{}' is unknown", topic, e);
      observer.ends(Map.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
