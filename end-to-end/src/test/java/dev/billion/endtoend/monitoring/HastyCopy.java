// SPDX-License-Identifier: Apache-2.0
package dev.billion.endtoend.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The committed configuration with the addresses of a test, and in a hurry: what is minutes there
 * is seconds here, so that an alert fires and ends while a test can wait for it. Nothing else of
 * the rules is changed, thresholds neither.
 *
 * @param directory where the copy is
 */
record HastyCopy(Path directory) {

  /** Long enough for several scrapes and for a batch of the sink. */
  private static final String WINDOW = "20s";

  /**
   * @param addresses the address here for each of {@code prometheus-local.yml}
   */
  Path prometheus(Map<String, String> addresses) throws IOException {
    Path rules = Files.createDirectories(directory.resolve("rules"));
    Files.createDirectories(directory.resolve("targets"));
    for (Path file : Monitoring.files(Monitoring.PROMETHEUS.resolve("rules"), ".yml")) {
      Files.writeString(
          rules.resolve(file.getFileName()),
          Files.readString(file)
              .replaceAll("\\[\\d+[mh]]", "[" + WINDOW + "]")
              .replaceAll("offset \\d+m", "offset " + WINDOW)
              .replaceAll("for: \\d+m", "for: 1s"));
    }
    copy("targets/emitters.yml", addresses);
    return copy("prometheus-local.yml", addresses);
  }

  private Path copy(String name, Map<String, String> addresses) throws IOException {
    String text =
        Files.readString(Monitoring.PROMETHEUS.resolve(name))
            .replace("_interval: 5s", "_interval: 1s");
    for (Map.Entry<String, String> address : addresses.entrySet()) {
      text = text.replace('"' + address.getKey() + '"', '"' + address.getValue() + '"');
    }
    return Files.writeString(directory.resolve(name), text);
  }

  Path alertmanager(int webhook) throws IOException {
    return Files.writeString(
        Files.createDirectories(directory).resolve("alertmanager.yml"),
        Files.readString(Monitoring.ALERTMANAGER)
            .replace("127.0.0.1:9095", "127.0.0.1:" + webhook)
            .replaceAll("group_(wait|interval): \\w+", "group_$1: 1s"));
  }
}
