// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

/**
 * What makes a run's data as awkward as real data is. Which events it befalls is decided by the
 * run's seed and the event's number, as all about an event is.
 *
 * @param late events that happened earlier than their place in the run says
 * @param poison how many records that are no events there are for an event
 * @param keys what records are keyed by
 * @param schemas which versions of the schema events are written in
 */
public record Awkward(Lateness late, Share poison, Keys keys, SchemaMix schemas) {

  public static final Awkward NONE =
      new Awkward(Lateness.NONE, Share.NONE, Keys.NONE, SchemaMix.FIRST);

  /** Whether some events are other than those of a run without any of this. */
  boolean changesEvents() {
    return !late.share().isNone() || !schemas.equals(SchemaMix.FIRST);
  }
}
