// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What the benchmarks on a broker have in common. */
final class BenchOptions {

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      converter = RoundCount.class,
      description = "How often each runs; medians are shown. Default: ${DEFAULT-VALUE}.")
  int rounds;

  @Option(
      names = "--compression",
      paramLabel = "CODEC",
      defaultValue = "lz4",
      converter = Compression.class,
      description = "none, lz4, snappy, zstd or gzip. Default: ${DEFAULT-VALUE}.")
  String compression;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Run these rows only, separated by commas.")
  List<String> only = List.of();

  @Option(
      names = "--json",
      description = "Print the result as the last line of standard output, instead of a table.")
  boolean json;

  /**
   * @param rows the names that --only may have
   * @throws ParameterException if it has another
   */
  void check(List<String> rows, CommandSpec command) {
    for (String name : only) {
      if (!rows.contains(name)) {
        throw new ParameterException(
            command.commandLine(),
            "no such row: '%s' (valid: %s)".formatted(name, String.join(", ", rows)));
      }
    }
  }

  /** A number of rounds. */
  static final class RoundCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[1-9]\\d{0,2}|1000")) {
        throw new TypeConversionException(
            "not a number of rounds: '%s' (valid: 1 to 1000)".formatted(text));
      }
      return Integer.valueOf(text);
    }
  }

  /** A codec of Kafka's. */
  static final class Compression implements ITypeConverter<String> {

    private static final List<String> CODECS = List.of("none", "lz4", "snappy", "zstd", "gzip");

    @Override
    public String convert(String text) {
      if (!CODECS.contains(text)) {
        throw new TypeConversionException(
            "not a codec: '%s' (valid: %s)".formatted(text, String.join(", ", CODECS)));
      }
      return text;
    }
  }
}
