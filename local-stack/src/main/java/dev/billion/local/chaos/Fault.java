// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What may happen to a part of the pipeline. */
enum Fault {
  /** SIGKILL; another takes its place. */
  EMITTER_KILL(Target.EMITTER, 0, 0),
  /** SIGTERM: it must end with 0; another takes its place. */
  EMITTER_TERM(Target.EMITTER, 0, 0),
  /** SIGSTOP for longer than its session and its transaction last, then SIGCONT. */
  EMITTER_FREEZE(Target.EMITTER, 15, 15),
  /** SIGKILL; it is started again. */
  SINK_KILL(Target.SINK, 0, 0),
  /** SIGTERM: it must end with 0; it is started again. */
  SINK_TERM(Target.SINK, 0, 0),
  /** SIGSTOP, then SIGCONT. */
  SINK_FREEZE(Target.SINK, 15, 15),
  /** SIGKILL; it is away for a while, and started again. */
  BROKER_KILL(Target.BROKER, 2, 8),
  /** SIGTERM; it hands its partitions over, is away for a while, and started again. */
  BROKER_TERM(Target.BROKER, 2, 8),
  /** SIGSTOP for longer than its session lasts, then SIGCONT. */
  BROKER_FREEZE(Target.BROKER, 20, 20),
  /** SIGKILL, and its disk is lost; it is away for a while, and started again with an empty one. */
  BROKER_DISK(Target.BROKER, 2, 8),
  /** SIGKILL; it is away for a while, and started again. */
  REGISTRY_KILL(Target.REGISTRY, 2, 12);

  private final Target target;
  private final int leastSeconds;
  private final int mostSeconds;

  Fault(Target target, int leastSeconds, int mostSeconds) {
    this.target = target;
    this.leastSeconds = leastSeconds;
    this.mostSeconds = mostSeconds;
  }

  /** Those that a number of brokers allows. */
  static List<Fault> with(int brokers) {
    return Arrays.stream(values()).filter(fault -> brokers > 1 || !fault.needsOthers()).toList();
  }

  /** One broker alone that stands still keeps nothing going, and one that is empty has nothing. */
  private boolean needsOthers() {
    return this == BROKER_FREEZE || this == BROKER_DISK;
  }

  Target target() {
    return target;
  }

  /** How long the struck part is kept away, drawn anew each time. */
  Duration lasting(SplittableRandom random) {
    return Duration.ofMillis(random.nextLong(leastSeconds * 1000L, mostSeconds * 1000L + 1));
  }

  /** As it is written. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static final class Converter implements ITypeConverter<Fault> {
    @Override
    public Fault convert(String text) {
      return Arrays.stream(values())
          .filter(fault -> fault.word().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "not a fault: '%s' (valid: %s)"
                          .formatted(
                              text,
                              Arrays.stream(values())
                                  .map(Fault::word)
                                  .collect(Collectors.joining(", ")))));
    }
  }
}
