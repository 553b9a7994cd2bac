// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventEncoder;
import dev.billion.producer.event.EventSchemas;
import dev.billion.producer.event.Poison;
import dev.billion.producer.registry.RegisteringSerializer;

/** Events in the Confluent wire format: the default {@code value.serializer} of their channel. */
public final class EventSerializer extends RegisteringSerializer<Event> {

  private final EventEncoder encoder = new EventEncoder();

  public EventSerializer() {
    super(EventSchemas::version);
  }

  @Override
  protected byte[] encode(int schemaId, Event event) {
    byte[] value = encoder.encode(schemaId, event);
    return event.isPoison() ? Poison.damaged(event, value) : value;
  }

  @Override
  protected int version(Event event) {
    return event.version();
  }
}
