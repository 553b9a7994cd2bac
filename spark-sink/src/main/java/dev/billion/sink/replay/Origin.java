// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.replay;

import java.io.Serializable;

/**
 * Where dead letters of one reason came from.
 *
 * @param topic the topic whose records they were
 * @param partition its partition
 * @param reason why they are dead letters
 */
record Origin(String topic, int partition, String reason) implements Serializable {

  /** As the key of a record, such as {@code TOO_SHORT user-events-17}. */
  String key() {
    return "%s %s-%d".formatted(reason, topic, partition);
  }

  static Origin parse(String key) {
    int space = key.indexOf(' ');
    int dash = key.lastIndexOf('-');
    return new Origin(
        key.substring(space + 1, dash),
        Integer.parseInt(key.substring(dash + 1)),
        key.substring(0, space));
  }
}
