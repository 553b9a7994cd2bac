// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

/**
 * How far a process was at a moment.
 *
 * @param nanos the moment, ns of {@link System#nanoTime}
 * @param cpuSeconds the processor time it has used, in user and kernel mode
 * @param sent how many records the broker had acknowledged
 */
record Sample(long nanos, double cpuSeconds, long sent) {}
