// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import java.time.Duration;

/** What one process committed, and how long it took from the start of the query to its end. */
public record Summary(BatchCount total, Duration time) {}
