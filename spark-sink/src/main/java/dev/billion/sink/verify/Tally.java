// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.verify;

import dev.billion.schemas.EventId;
import dev.billion.schemas.WireFormat;
import java.util.HashMap;
import java.util.Map;

/** The buckets of the ids that one task has read. For one thread. */
final class Tally {

  private final Map<BucketKey, Bucket> buckets = new HashMap<>();

  /** Counts the id of a row of the events table. */
  void addEvent(byte[] id) {
    if (id == null || id.length != EventId.BYTES || !EventId.isEventId(id, 0)) {
      bucket(BucketKey.UNIDENTIFIED).addUnidentified();
    } else {
      bucket(id, 0).addEvent(EventId.sequence(id, 0));
    }
  }

  /** Counts the value of a dead letter, if it starts like an event. */
  void addDeadLetter(byte[] value) {
    int body = WireFormat.HEADER_BYTES;
    if (WireFormat.defect(value) == null && EventId.isEventId(value, body)) {
      bucket(value, body).addDeadLetter(EventId.sequence(value, body));
    }
  }

  Map<BucketKey, Bucket> buckets() {
    return buckets;
  }

  private Bucket bucket(byte[] bytes, int offset) {
    return bucket(
        BucketKey.of(
            EventId.run(bytes, offset),
            EventId.shard(bytes, offset),
            EventId.sequence(bytes, offset)));
  }

  private Bucket bucket(BucketKey key) {
    return buckets.computeIfAbsent(key, k -> new Bucket());
  }
}
