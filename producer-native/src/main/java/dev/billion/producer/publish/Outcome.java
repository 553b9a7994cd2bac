// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.publish;

import org.apache.kafka.clients.producer.Callback;

/** What becomes of a batch's records. */
public interface Outcome {

  /** The broker has events. */
  void delivered(int events, long valueBytes);

  /** An event that the producer took and the broker did not get. */
  void refused(int shard, long sequence, Exception failure);

  /** Whether a record is not to be sent: it is a dead letter already. */
  default boolean skips(int shard, long sequence) {
    return false;
  }

  /** What the producer calls when it knows of the poison that follows a record. */
  Callback ofPoison(int shard, long sequence);

  /** Whether that poison is not to be sent: it was refused. */
  default boolean skipsPoison(int shard, long sequence) {
    return false;
  }

  /** A record that the client did not take, through no fault of the connection. */
  void failed(int shard, long sequence, Exception failure);
}
