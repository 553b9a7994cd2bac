// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.drain;

import dev.billion.producer.event.Event;

/**
 * An event and what a sink would know of it.
 *
 * @param event the event, which is filled again for the next one
 * @param partition the record's partition
 * @param offset its offset in it
 * @param ingestMicros when its batch began, µs since 1970
 */
record Arrival(Event event, int partition, long offset, long ingestMicros) {}
