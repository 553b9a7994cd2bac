// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

import java.util.List;

/**
 * The payload of one reactive message: which events of the run to send. They are made when they are
 * sent.
 *
 * @param slices the events; none where nothing was due
 * @param records how many they are
 * @param holding which holding of shards they belong to: no longer valid under the next
 * @param intendedNanos when the first was meant to be sent, ns after the start
 * @param readyNanos when the batch was handed on, ns after the start
 */
public record EventBatch(
    List<Slice> slices, int records, long holding, long intendedNanos, long readyNanos) {}
