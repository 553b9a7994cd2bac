// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.run.BackPressure;
import dev.billion.producer.run.Emission;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Senders for tests of what uses them. */
public final class Senders {

  private Senders() {}

  /** One that sends what an emission hands out, with the settings' defaults. */
  public static EventSender of(Emission emission, BackPressure backPressure) {
    return new EventSender(
        emission,
        backPressure,
        new SmallRyeConfigBuilder()
            .withMapping(EmitterConfig.class)
            .withDefaultValue("emitter.dead-letter-topic", "dead-letters")
            .build()
            .getConfigMapping(EmitterConfig.class));
  }
}
