// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.config;

import dev.billion.producer.event.Keys;
import dev.billion.producer.event.SchemaMix;
import dev.billion.producer.event.Share;
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

  public static final class OfShare implements Converter<Share> {
    @Override
    public Share convert(String text) {
      return Share.parse(text);
    }
  }

  public static final class OfKeys implements Converter<Keys> {
    @Override
    public Keys convert(String text) {
      return Keys.parse(text);
    }
  }

  public static final class OfSchemaMix implements Converter<SchemaMix> {
    @Override
    public SchemaMix convert(String text) {
      return SchemaMix.parse(text);
    }
  }

  public static final class OfRate implements Converter<Rate> {
    @Override
    public Rate convert(String text) {
      return Rate.parse(text);
    }
  }
}
