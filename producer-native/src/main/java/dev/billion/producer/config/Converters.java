// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.config;

import dev.billion.producer.pacing.Profile;
import dev.billion.producer.pacing.Rate;
import dev.billion.producer.run.Run;
import dev.billion.schemas.Quantity;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** Settings as people write them. */
public final class Converters {

  private Converters() {}

  public static final class RunId implements Converter<Long> {
    @Override
    public Long convert(String text) {
      return Run.parseId(text);
    }
  }

  public static final class Count implements Converter<Long> {
    @Override
    public Long convert(String text) {
      return Quantity.count(text);
    }
  }

  public static final class Time implements Converter<Duration> {
    @Override
    public Duration convert(String text) {
      return Quantity.time(text);
    }
  }

  public static final class OfProfile implements Converter<Profile> {
    @Override
    public Profile convert(String text) {
      return Profile.parse(text);
    }
  }

  public static final class OfRate implements Converter<Rate> {
    @Override
    public Rate convert(String text) {
      return Rate.parse(text);
    }
  }
}
