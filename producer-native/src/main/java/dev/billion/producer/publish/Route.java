// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.run.EventBatch;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The way of a batch into Kafka. */
@FunctionalInterface
public interface Route {

  /** Sends a batch's records. Completes when the next batch may come. */
  Uni<Void> publish(Message<EventBatch> message);
}
