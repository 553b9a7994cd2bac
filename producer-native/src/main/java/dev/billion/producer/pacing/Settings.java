// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

import dev.billion.schemas.Quantity;
import java.util.HashMap;
import java.util.Map;

/**
 * The parts of a profile's text {@code name:key=value,key=value}. Not for use by several threads.
 *
 * @param name before the colon
 * @param values what is not used yet
 */
record Settings(String text, String name, Map<String, String> values) {

  private static final String VALID =
      "constant, ramp:over=5m,from=0, sine:period=10m,amplitude=0.5, spikes:every=1m,for=5s,factor=10";

  static Settings parse(String text) {
    String[] parts = text.strip().split(":", 2);
    Map<String, String> values = new HashMap<>();
    if (parts.length == 2) {
      for (String setting : parts[1].split(",")) {
        String[] pair = setting.split("=", 2);
        if (pair.length < 2) {
          throw wrong(text);
        }
        values.put(pair[0].strip(), pair[1].strip());
      }
    }
    return new Settings(text, parts[0].strip(), values);
  }

  double number(String key, String otherwise) {
    String value = take(key, otherwise);
    try {
      return finite(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
  }

  private double finite(double value) {
    if (!Double.isFinite(value)) {
      throw wrong(text);
    }
    return value;
  }

  /** A time such as {@code 5m} or {@code 0.5s}, in s. */
  double seconds(String key, String otherwise) {
    String value = take(key, otherwise);
    try {
      return value.endsWith("s") && !value.endsWith("ms")
          ? finite(Double.parseDouble(value.substring(0, value.length() - 1)))
          : Quantity.time(value).toNanos() / 1e9;
    } catch (IllegalArgumentException e) {
      throw wrong(text);
    }
  }

  void requireAllUsed() {
    if (!values.isEmpty()) {
      throw wrong(text);
    }
  }

  private String take(String key, String otherwise) {
    String value = values.remove(key);
    return value == null ? otherwise : value;
  }

  static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("not a profile: '%s' (valid: %s)".formatted(text, VALID));
  }

  static void require(boolean valid, String name, String key, double value, String range) {
    if (!valid) {
      throw new IllegalArgumentException("must be %s: %s %s=%s".formatted(range, name, key, value));
    }
  }
}
