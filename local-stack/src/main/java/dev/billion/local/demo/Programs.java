// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import dev.billion.local.Binary;
import dev.billion.local.Checkout;
import dev.billion.local.Java;
import dev.billion.local.LocalStack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Command lines of the programs that a demo runs.
 *
 * @param producer what starts the producer, before its own arguments
 * @param sink what starts the sink, before its own arguments
 */
record Programs(List<String> producer, List<String> sink) {

  static final String TOPIC = "user-events";

  private static final Path BINARY = Path.of("producer-native", "target", "emitter-runner");
  // as in the script billion
  private static final List<Path> BINARY_SOURCES =
      Stream.of(
              "pom.xml",
              "schemas/pom.xml",
              "schemas/src/main",
              "producer-native/pom.xml",
              "producer-native/src/main")
          .map(Path::of)
          .toList();

  /** The programs that a checkout has built. */
  static Programs of(Checkout checkout, Java java, String sinkHeap) {
    return new Programs(
        producer(checkout, java),
        java.jar(
            List.of("-Xmx" + sinkHeap),
            checkout.built("spark-sink", "target", "spark-sink.jar"),
            List.of()));
  }

  /** The native binary where it is built and no source is newer, else the jar. */
  private static List<String> producer(Checkout checkout, Java java) {
    if (checkout.isFresh(BINARY, BINARY_SOURCES)) {
      return Binary.command(checkout.root().resolve(BINARY), List.of());
    }
    return java.jar(
        List.of(),
        checkout.built("producer-native", "target", "quarkus-app", "quarkus-run.jar"),
        List.of());
  }

  List<String> produce(DemoOptions options, LocalStack stack) {
    List<String> command = new ArrayList<>(producer);
    command.addAll(List.of("--records", Long.toString(options.records())));
    options
        .rate()
        .ifPresentOrElse(
            rate ->
                command.addAll(
                    List.of("--rate", Long.toString(rate), "--event-rate", Long.toString(rate))),
            () -> command.addAll(List.of("--rate", "max")));
    command.addAll(List.of("--shards", Integer.toString(options.shards())));
    options.seed().ifPresent(seed -> command.addAll(List.of("--seed", Long.toString(seed))));
    command.addAll(addresses(stack));
    command.addAll(List.of("--http-port", "0", "--json"));
    return command;
  }

  List<String> stream(Workspace space, LocalStack stack) {
    List<String> command = new ArrayList<>(sink);
    command.add("stream");
    command.addAll(addresses(stack));
    command.addAll(tables(space));
    command.addAll(
        List.of("--checkpoint", space.checkpoint().toString(), "--trigger", "2s", "--json"));
    return command;
  }

  List<String> verify(Workspace space) {
    List<String> command = new ArrayList<>(sink);
    command.add("verify");
    command.addAll(tables(space));
    command.addAll(List.of("--sent", space.sent().toString(), "--json"));
    return command;
  }

  private static List<String> addresses(LocalStack stack) {
    return List.of(
        "--bootstrap", stack.bootstrap(), "--registry", stack.registryUrl(), "--topic", TOPIC);
  }

  private static List<String> tables(Workspace space) {
    return List.of(
        "--table", space.events().toString(), "--dead-letters", space.deadLetters().toString());
  }
}
