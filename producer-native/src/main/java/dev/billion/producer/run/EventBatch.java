// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.run;

/**
 * The payload of one reactive message: which events of the run to send. They are made when they are
 * sent.
 *
 * @param firstIndex the first event's number in the run
 * @param records how many, at least 1
 * @param intendedNanos when the first was meant to be sent, ns after the start
 * @param readyNanos when the batch was handed on, ns after the start
 */
public record EventBatch(long firstIndex, int records, long intendedNanos, long readyNanos) {}
