// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

/**
 * How far a process was at a moment.
 *
 * @param nanos the moment, ns of {@link System#nanoTime}
 * @param cpuSeconds the processor time it has used, in user and kernel mode
 * @param done how many records were done: sent, or committed
 */
record Sample(long nanos, double cpuSeconds, long done) {}
