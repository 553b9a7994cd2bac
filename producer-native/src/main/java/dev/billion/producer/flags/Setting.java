// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.flags;

import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A flag's value as a configuration property of this process. */
final class Setting {

  private Setting() {}

  static void set(String property, String value) {
    System.setProperty(property, value);
  }

  /**
   * @param check throws an IllegalArgumentException that says what is valid
   * @throws ParameterException if it does
   */
  static void set(CommandSpec spec, String property, String value, Consumer<String> check) {
    try {
      check.accept(value);
    } catch (NumberFormatException e) {
      throw new ParameterException(
          spec.commandLine(), "not a whole number: '%s'".formatted(value), e);
    } catch (IllegalArgumentException e) {
      throw wrong(spec, e);
    }
    set(property, value);
  }

  static ParameterException wrong(CommandSpec spec, IllegalArgumentException e) {
    return new ParameterException(spec.commandLine(), e.getMessage(), e);
  }
}
