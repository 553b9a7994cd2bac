// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import java.nio.file.Path;

/**
 * What one run is to do.
 *
 * @param topic where to
 * @param records how many
 * @param gcLog where a JVM lists its collections
 */
public record Job(String topic, long records, Path gcLog) {}
