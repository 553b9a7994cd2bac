// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

/**
 * How far the sink is.
 *
 * @param batch the last finished batch, -1 before the first
 * @param total what this process has committed
 * @param eventsPerSecond the rate of the last batch
 * @param lag offsets from its end to the end of the topic
 */
public record Progress(long batch, BatchCount total, double eventsPerSecond, long lag) {

  public static final Progress NONE = new Progress(-1, BatchCount.NONE, 0, 0);
}
