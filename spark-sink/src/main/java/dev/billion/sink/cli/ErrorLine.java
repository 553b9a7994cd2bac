// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.schemas.registry.RegistryException;
import dev.billion.sink.SinkException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import picocli.CommandLine.ParameterException;

/** One line for a failure, whatever threw it and however deep in Spark. */
final class ErrorLine {

  private static final int LONGEST = 500;

  private ErrorLine() {}

  static String usage(ParameterException e) {
    return "error: %s (see: %s --help)"
        .formatted(firstLine(e.getMessage()), e.getCommandLine().getCommandSpec().qualifiedName());
  }

  static String of(Throwable failure) {
    List<Throwable> chain = Stream.iterate(failure, e -> e != null, Throwable::getCause).toList();
    return "error: "
        + chain.stream()
            .filter(e -> e instanceof SinkException || e instanceof RegistryException)
            .findFirst()
            .map(e -> firstLine(e.getMessage()))
            .orElseGet(() -> known(chain));
  }

  /** Failures of the platform that an operator can do something about, else the root cause. */
  private static String known(List<Throwable> chain) {
    for (Throwable e : chain) {
      String message = String.valueOf(e.getMessage());
      if (e instanceof OffsetOutOfRangeException gone) {
        return lost(gone.offsetOutOfRangePartitions().toString());
      }
      if (message.contains("KAFKA_DATA_LOSS")) {
        return lost(firstLine(message));
      }
      if (message.contains("CONCURRENT_STREAM_LOG_UPDATE")
          || message.contains("Multiple streaming queries are concurrently using")) {
        return "another sink plans the batches of this checkpoint: %s (valid: one sink per checkpoint)"
            .formatted(firstLine(message));
      }
      if (message.contains("No space left on device")) {
        return "disk full: %s (valid: free space, then start again; nothing is lost)"
            .formatted(firstLine(message));
      }
    }
    Throwable root = chain.get(chain.size() - 1);
    return "%s: %s".formatted(root.getClass().getSimpleName(), firstLine(root.getMessage()));
  }

  private static String lost(String what) {
    return "records are gone from Kafka before they were committed: %s (valid: a longer retention; to go on without them and record the gap, --on-data-loss continue)"
        .formatted(what);
  }

  private static String firstLine(String message) {
    String line = String.valueOf(message).lines().findFirst().orElse("").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
