// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import dev.billion.schemas.EventId;
import dev.billion.schemas.Quantity;
import java.time.Duration;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of command-line values, which say what would be valid. */
public final class Options {

  private static final int LARGEST_PORT = 65_535;
  private static final long LARGEST_RATE = 1_000_000_000;
  private static final int MOST_PARTITIONS = 10_000;
  private static final int MOST_BROKERS = 9;
  private static final int MOST_ROUNDS = 99_999;

  private Options() {}

  /** A TCP port. */
  public static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) within(text, LARGEST_PORT, "a port");
    }
  }

  /** A number of partitions. */
  public static final class Partitions implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) within(text, MOST_PARTITIONS, "a number of partitions");
    }
  }

  /** A count of records, at least one. */
  public static final class Count implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return within(text, Long.MAX_VALUE, "a count of records");
    }
  }

  /** Records a second, empty for {@code max}. */
  public static final class Rate implements ITypeConverter<OptionalLong> {
    @Override
    public OptionalLong convert(String text) {
      return "max".equals(text)
          ? OptionalLong.empty()
          : OptionalLong.of(within(text, LARGEST_RATE, "a rate or max"));
    }
  }

  /** A number of brokers. */
  public static final class Brokers implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) within(text, MOST_BROKERS, "a number of brokers");
    }
  }

  /** A number of rounds. */
  public static final class Rounds implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) within(text, MOST_ROUNDS, "a number of rounds");
    }
  }

  /** A time such as 60s. */
  public static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Quantity.time(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** A number of shards. */
  public static final class Shards implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) within(text, EventId.MAX_SHARD + 1L, "a number of shards");
    }
  }

  /**
   * A count from 1 to {@code most}.
   *
   * @throws TypeConversionException if the text is not one
   */
  private static long within(String text, long most, String what) {
    try {
      long value = Quantity.count(text);
      if (value >= 1 && value <= most) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      if (most == Long.MAX_VALUE) {
        throw new TypeConversionException(e.getMessage());
      }
    }
    throw new TypeConversionException(
        most == Long.MAX_VALUE
            ? "not %s: '%s' (valid: at least 1)".formatted(what, text)
            : "not %s: '%s' (valid: 1 to %d)".formatted(what, text, most));
  }
}
