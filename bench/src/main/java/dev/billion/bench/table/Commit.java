// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.table;

import java.time.Instant;
import java.util.List;

/**
 * A version of a Delta table.
 *
 * @param written when its entry in the log was written
 * @param files those with new rows that it added
 */
public record Commit(Instant written, List<DataFile> files) {}
