// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.schemas.EventId;
import java.util.BitSet;
import java.util.HexFormat;

/** Which events of a run a reader finds, beside those that its fleet says that it has sent. */
final class Sent {

  private final long run;
  private final long[] next;
  private final BitSet[] seen;
  private long others;

  /**
   * @param status what {@code control status --json} says at the end
   */
  Sent(JsonNode status) {
    this.run = HexFormat.fromHexDigitsToLong(status.get("run").asText());
    this.next = status.get("next_sequences").valueStream().mapToLong(JsonNode::asLong).toArray();
    this.seen = new BitSet[next.length];
    for (int shard = 0; shard < next.length; shard++) {
      seen[shard] = new BitSet();
    }
  }

  void found(EventId event) {
    int shard = event.shard();
    if (event.run() != run || shard >= next.length || event.sequence() >= next[shard]) {
      others++;
    } else if (seen[shard].get((int) event.sequence())) {
      others++;
    } else {
      seen[shard].set((int) event.sequence());
    }
  }

  /** Events that were sent and are not there. */
  long missing() {
    long missing = 0;
    for (int shard = 0; shard < next.length; shard++) {
      missing += next[shard] - seen[shard].cardinality();
    }
    return missing;
  }

  /** Records that were there before, or that nobody has sent. */
  long others() {
    return others;
  }
}
