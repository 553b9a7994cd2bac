// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventEncoder;
import dev.billion.producer.registry.RegisteringSerializer;
import dev.billion.schemas.UserEvent;

/** Events in the Confluent wire format: the default {@code value.serializer} of their channel. */
public final class EventSerializer extends RegisteringSerializer<Event> {

  public EventSerializer() {
    super(UserEvent.getClassSchema());
  }

  @Override
  protected byte[] encode(int schemaId, Event event) {
    return EventEncoder.encode(schemaId, event);
  }
}
