// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every released version of each subject, oldest first, from {@code released/<subject>/v<n>.avsc}.
 * A released file never changes; a new version is a new file that can read what its predecessors
 * wrote. The generated classes are of one of them, which the build names: not always the newest,
 * since what reads and stores events moves on when it is ready, and until then reads the newer ones
 * without their new fields.
 */
public final class ReleasedSchemas {

  private ReleasedSchemas() {}

  public static List<Schema> userEvent() {
    return versions("user-event");
  }

  public static List<Schema> deadLetter() {
    return versions("dead-letter");
  }

  private static List<Schema> versions(String subject) {
    List<Schema> versions = new ArrayList<>();
    for (int version = 1; ; version++) {
      String name = "/released/" + subject + "/v" + version + ".avsc";
      try (InputStream file = ReleasedSchemas.class.getResourceAsStream(name)) {
        if (file == null) {
          return List.copyOf(versions);
        }
        versions.add(new Schema.Parser().parse(file));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + name, e);
      }
    }
  }
}
