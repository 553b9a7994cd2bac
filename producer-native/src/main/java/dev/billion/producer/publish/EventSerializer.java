// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventEncoder;
import dev.billion.producer.registry.RegisteringSerializer;
import dev.billion.schemas.UserEvent;

/** Events in the Confluent wire format: the default {@code value.serializer} of their channel. */
public final class EventSerializer extends RegisteringSerializer<Event> {

  private final EventEncoder encoder = new EventEncoder();

  public EventSerializer() {
    super(UserEvent.getClassSchema());
  }

  @Override
  protected byte[] encode(int schemaId, Event event) {
    return encoder.encode(schemaId, event);
  }
}
