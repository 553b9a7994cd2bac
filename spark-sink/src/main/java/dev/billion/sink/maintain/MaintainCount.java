// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.maintain;

/**
 * What was done to a table, or would be.
 *
 * @param table its address
 * @param partitions how many of its partitions were due
 * @param before how many files were put together
 * @param after how many files they became
 * @param deleted how many files were deleted that are no part of the table; when only counted, at
 *     most 1,000
 */
public record MaintainCount(String table, int partitions, long before, long after, long deleted) {}
