// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.schemas.Quantity;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How options become values: counts such as {@code 4M}, times such as {@code 5s}. */
final class Converters {

  private Converters() {}

  static void register(CommandLine commandLine) {
    commandLine.registerConverter(Count.class, of(text -> new Count(Quantity.count(text))));
    commandLine.registerConverter(Duration.class, of(Quantity::time));
    commandLine.registerConverter(InetSocketAddress.class, of(MetricsOptions::parse));
  }

  /**
   * A whole number of something, above 0.
   *
   * @param value the number
   */
  record Count(long value) {
    Count {
      if (value < 1) {
        throw new IllegalArgumentException("must be at least 1: " + value);
      }
    }
  }

  private static <T> ITypeConverter<T> of(Function<String, T> conversion) {
    return text -> {
      try {
        return conversion.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
