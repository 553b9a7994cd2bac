// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import dev.billion.schemas.Quantity;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** How many records fall due at a rate. */
final class Due {

  private Due() {}

  /**
   * @param rate records/s
   * @throws ParameterException if there is none
   */
  static long records(long rate, Duration duration, CommandSpec command) {
    long records = Math.round(duration.toMillis() / 1e3 * rate);
    if (records == 0) {
      throw new ParameterException(
          command.commandLine(), "no record falls due in --duration " + duration.toMillis() + "ms");
    }
    return records;
  }

  /** A time with its unit. */
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Quantity.time(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
