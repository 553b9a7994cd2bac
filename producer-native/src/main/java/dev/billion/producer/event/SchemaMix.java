// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which versions of the schema a run's events are written in, as a topic has them while its
 * producers are upgraded. Written {@code v1:80,v2:20}.
 *
 * @param weights of the versions from the first on; what a version's is of their sum, is its share
 */
public record SchemaMix(List<Integer> weights) {

  private static final Pattern PART = Pattern.compile("v(\\d{1,9}):(\\d{1,9})");

  /** All events in the first version. */
  public static final SchemaMix FIRST = parse("v1:100");

  public SchemaMix {
    weights = List.copyOf(weights);
  }

  /**
   * A mix from its versions and weights.
   *
   * @throws IllegalArgumentException if it is not one, or a version is not known
   */
  public static SchemaMix parse(String text) {
    Integer[] weights = new Integer[EventSchemas.NEWEST];
    for (String part : text.strip().split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches()) {
        throw notAMix(text);
      }
      int version = Integer.parseInt(matcher.group(1));
      if (version < 1 || version > weights.length) {
        throw new IllegalArgumentException(
            "no such schema version: 'v%d' (valid: v1 to v%d)".formatted(version, weights.length));
      }
      if (weights[version - 1] != null) {
        throw notAMix(text);
      }
      weights[version - 1] = Integer.parseInt(matcher.group(2));
    }
    SchemaMix mix =
        new SchemaMix(Arrays.stream(weights).map(weight -> weight == null ? 0 : weight).toList());
    if (mix.total() == 0) {
      throw notAMix(text);
    }
    return mix;
  }

  private static IllegalArgumentException notAMix(String text) {
    return new IllegalArgumentException(
        "not a schema mix: '%s' (valid: versions, each once, and their weights, such as v1:80,v2:20)"
            .formatted(text));
  }

  /** The newest version in it. */
  public int newest() {
    return IntStream.iterate(weights.size(), version -> version - 1)
        .filter(version -> weights.get(version - 1) > 0)
        .findFirst()
        .orElseThrow();
  }

  /** The version that 32 bits of {@code random}, the upper ones, pick. */
  int pick(long random) {
    long left = (random >>> 32) * total() >>> 32;
    int version = 1;
    while (left >= weights.get(version - 1)) {
      left -= weights.get(version - 1);
      version++;
    }
    return version;
  }

  private long total() {
    long total = 0;
    for (int weight : weights) {
      total += weight;
    }
    return total;
  }

  @Override
  public String toString() {
    return IntStream.rangeClosed(1, weights.size())
        .filter(version -> weights.get(version - 1) > 0)
        .mapToObj(version -> "v%d:%d".formatted(version, weights.get(version - 1)))
        .collect(Collectors.joining(","));
  }
}
