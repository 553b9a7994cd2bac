// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

/**
 * What the tables have of one shard.
 *
 * @param shard the shard
 * @param first the lowest sequence among the events, -1 if there are none
 * @param last the highest sequence among the events, -1 if there are none
 * @param count rows of the events table
 * @param missing sequences that should be there and are in neither table
 * @param duplicates rows beyond the first of a sequence
 * @param deadLetters sequences that are in the dead-letter table only
 * @param unexpected sequences that nobody said to have sent
 */
public record ShardProof(
    int shard,
    long first,
    long last,
    long count,
    long missing,
    long duplicates,
    long deadLetters,
    long unexpected) {}
