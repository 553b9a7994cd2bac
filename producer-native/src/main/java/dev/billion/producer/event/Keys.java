// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a record's key is. Keys are as skewed as what they name is popular. */
public enum Keys {
  /** There is none: batches fill one partition after the other. */
  NONE,
  /** The session's id. */
  SESSION,
  /** The user's number in decimal. */
  USER;

  /**
   * @throws IllegalArgumentException if there are no such keys
   */
  public static Keys parse(String text) {
    return Arrays.stream(values())
        .filter(keys -> keys.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "not a kind of keys: '%s' (valid: %s)"
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(Keys::toString)
                                .collect(Collectors.joining(", ")))));
  }

  /** The key of an event's record; null for none. */
  public String of(Event event) {
    return switch (this) {
      case NONE -> null;
      case SESSION -> event.sessionId.toString();
      case USER -> Long.toString(event.userId);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
