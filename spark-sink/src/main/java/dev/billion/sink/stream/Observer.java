// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Is told what the sink does while it does it, by the threads that do it: it has to be quick. */
public interface Observer {

  /** Nobody looks. */
  Observer NONE = new Observer() {};

  /** A batch begins to be read. */
  default void began() {}

  /** A phase of a batch is over. */
  default void took(Phase phase, Duration time) {}

  /** Both tables have the batch that began. */
  default void committed(long batch, BatchFiles files) {}

  /** Of the batch that was committed so many offsets were gone from Kafka. */
  default void lost(long offsets) {}

  /** Spark is done with a batch, and it took so long from its plan to its end. */
  default void finished(Duration whole) {}

  /** Where a sink that has committed nothing begins to read. */
  default void begins(Map<TopicPartition, Long> offsets) {}

  /** The offset that each partition is read from next, of all partitions or of some. */
  default void next(Map<TopicPartition, Long> offsets) {}

  /** Where the topic's partitions end now; empty where the brokers do not say. */
  default void ends(Map<TopicPartition, Long> offsets) {}

  /** So many small files fewer are part of a table. */
  default void compacted(int files) {}

  /** Whether the registry answers now. */
  default void registry(boolean answers) {}
}
