// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.logging.log4j.core.config.Configurator;

/** The two ways to log: {@code log4j2.properties}, in force by its name, and the verbose one. */
final class Log {

  private Log() {}

  static void verbose() {
    try {
      URI configuration = Log.class.getResource("/log4j2-verbose.properties").toURI();
      Configurator.reconfigure(configuration);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the log's configuration is not where it was packed", e);
    }
  }
}
