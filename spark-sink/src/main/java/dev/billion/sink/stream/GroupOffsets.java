// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far the sink is as the committed offsets of a consumer group, for lag tools. They are
 * only for show: where the sink goes on is in its checkpoint.
 */
final class GroupOffsets {

  private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);

  private final Brokers brokers;
  private final String group;

  GroupOffsets(Brokers brokers, String group) {
    this.brokers = brokers;
    this.group = group;
  }

  /** Commits offsets; where that fails the log says so, and the next batch tries again. */
  void commit(KafkaOffsets offsets) {
    if (offsets.byPartition().isEmpty()) {
      return;
    }
    try {
      brokers.commit(group, offsets);
    } catch (ExecutionException e) {
      LOG.warn(
          "offsets of consumer group '{}' not committed, its lag looks too high: {}",
          group,
          e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
