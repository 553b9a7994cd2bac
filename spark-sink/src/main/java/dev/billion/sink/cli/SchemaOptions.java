// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.sink.stream.SchemaSettings;
import picocli.CommandLine.Option;

/** What the records are. */
final class SchemaOptions {

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      description =
          "The registry's subject whose latest schema a new table is made for (default: UserEvent).")
  private String subject;

  @Option(
      names = "--evolve",
      defaultValue = "add",
      description = "What to do about fields that the table lacks: add (columns), ignore, or fail.")
  private SchemaSettings.Evolve evolve;

  SchemaSettings settings() {
    return new SchemaSettings(subject, evolve);
  }
}
