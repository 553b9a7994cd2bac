// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import java.util.List;

/**
 * What a commit changed, as the log of its table has it.
 *
 * @param version of the table that it made
 * @param added files that are part of the table since
 * @param removed addresses of files that are not any more
 * @param takesRows whether rows went with these, other than into the added ones unchanged
 */
public record LoggedCommit(
    long version, List<LoggedFile> added, List<String> removed, boolean takesRows) {}
