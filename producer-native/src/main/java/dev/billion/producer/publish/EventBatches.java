// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.run.Emission;
import dev.billion.producer.run.EventBatch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/**
 * The stream of batches: one for each that is asked for, not before it is due. It waits for the
 * emission to start and completes when it ends.
 */
@ApplicationScoped
public class EventBatches {

  static final String CHANNEL = "event-batches";

  private final Emission emission;

  EventBatches(Emission emission) {
    this.emission = emission;
  }

  @Outgoing(CHANNEL)
  Multi<Message<EventBatch>> batches() {
    return Multi.createBy()
        .repeating()
        .uni(this::next)
        .until(Optional::isEmpty)
        .map(Optional::orElseThrow)
        .select()
        .where(batch -> batch.records() > 0)
        .map(this::message);
  }

  private Uni<Optional<EventBatch>> next() {
    return Uni.createFrom()
        .completionStage(emission.started())
        .chain(plan -> delay(emission.nanosUntilDue()))
        .map(due -> emission.next());
  }

  private static Uni<Void> delay(long nanos) {
    Uni<Void> now = Uni.createFrom().voidItem();
    return nanos == 0 ? now : now.onItem().delayIt().by(Duration.ofNanos(nanos));
  }

  private Message<EventBatch> message(EventBatch batch) {
    return Message.of(
        batch,
        () -> {
          emission.cameHome(batch);
          return CompletableFuture.completedFuture(null);
        },
        failure -> {
          emission.lost(failure);
          return CompletableFuture.completedFuture(null);
        });
  }
}
