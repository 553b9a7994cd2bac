// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.nio.file.Path;

/**
 * Command lines for people to copy.
 *
 * @param bootstrap the broker
 * @param registry the registry
 * @param topic the topic
 */
public record Examples(String bootstrap, String registry, String topic) {

  public String produce() {
    return "./billion produce --records 1M " + addresses();
  }

  /** A sink that reads until all is committed. */
  public String sink(Path directory) {
    return "./billion sink %s --table %s --dead-letters %s --checkpoint %s --drain"
        .formatted(
            addresses(),
            quoted(directory.resolve("events")),
            quoted(directory.resolve("dead_letters")),
            quoted(directory.resolve("checkpoint")));
  }

  public static String verify(Path directory) {
    return "./billion verify --table %s --dead-letters %s"
        .formatted(quoted(directory.resolve("events")), quoted(directory.resolve("dead_letters")));
  }

  public static String up(Path directory) {
    return "./billion up --dir " + quoted(directory);
  }

  private String addresses() {
    return "--bootstrap %s --registry %s --topic %s".formatted(bootstrap, registry, topic);
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[\\w./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
