// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.soak;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What may happen to a fleet. */
enum Disturbance {
  /** Another emitter joins. */
  JOIN,
  /** An emitter is asked to end (SIGTERM). */
  LEAVE,
  /** An emitter is ended (SIGKILL). */
  KILL,
  /** An emitter stands still for longer than its session lasts (SIGSTOP, SIGCONT). */
  FREEZE,
  /** The broker is ended (SIGKILL), is away for a while, and comes back. */
  BROKER;

  /** As it is written. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static final class Converter implements ITypeConverter<Disturbance> {
    @Override
    public Disturbance convert(String text) {
      return Arrays.stream(values())
          .filter(disturbance -> disturbance.word().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "not a disturbance: '%s' (valid: join, leave, kill, freeze, broker)"
                          .formatted(text)));
    }
  }
}
