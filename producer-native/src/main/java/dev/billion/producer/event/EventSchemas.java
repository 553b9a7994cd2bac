// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import dev.billion.schemas.ReleasedSchemas;
import dev.billion.schemas.UserEvent;
import java.util.List;
import org.apache.avro.Schema;

/** The versions of the schema that an {@link Event} can be written in. */
public final class EventSchemas {

  /** The newest version whose fields an event has. */
  public static final int NEWEST = 2;

  private EventSchemas() {}

  /** A version's schema: the first is the generated class's, the others are as released. */
  public static Schema version(int version) {
    return version == 1 ? UserEvent.getClassSchema() : Released.VERSIONS.get(version - 1);
  }

  /** Read when a run asks for more than the first. */
  private static final class Released {
    static final List<Schema> VERSIONS = ReleasedSchemas.userEvent();
  }
}
