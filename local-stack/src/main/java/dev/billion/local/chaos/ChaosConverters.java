// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of the command's values, which say what would be valid. */
final class ChaosConverters {

  private static final String NUMBER = "\\d{1,4}(\\.\\d{1,7})?";
  private static final long LEAST_MILLIS = 6_000;
  private static final BigDecimal MINUTE_MILLIS = BigDecimal.valueOf(60_000);

  private ChaosConverters() {}

  /** Minutes, also parts of one. */
  static final class Minutes implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (text.matches(NUMBER)) {
        long millis = new BigDecimal(text).multiply(MINUTE_MILLIS).longValue();
        if (millis >= LEAST_MILLIS) {
          return Duration.ofMillis(millis);
        }
      }
      throw new TypeConversionException(
          "not a number of minutes: '%s' (valid: 0.1 to 9999)".formatted(text));
    }
  }

  /** A share of records. */
  static final class Share implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.matches(NUMBER + "%")
          && new BigDecimal(text.replace("%", "")).compareTo(BigDecimal.valueOf(100)) <= 0) {
        return text;
      }
      throw new TypeConversionException(
          "not a share: '%s' (valid: 0%% to 100%%, such as 0.1%%)".formatted(text));
    }
  }

  /** One broker, or as many as it takes for one to be away. */
  static final class Brokers implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return switch (text) {
        case "1" -> 1;
        case "3" -> 3;
        default ->
            throw new TypeConversionException(
                "not a number of brokers: '%s' (valid: 1 or 3)".formatted(text));
      };
    }
  }
}
