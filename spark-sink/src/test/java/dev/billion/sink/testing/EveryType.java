// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.avro.Schema;

/** A record of all of Avro's types. */
public final class EveryType {

  public static final Schema SCHEMA = read("/every-type.avsc");

  /** Another schema whose records can be read as the first one's. */
  public static final Schema OTHERWISE = read("/every-type-otherwise.avsc");

  private EveryType() {}

  private static Schema read(String resource) {
    try (InputStream in = EveryType.class.getResourceAsStream(resource)) {
      return new Schema.Parser().parse(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
