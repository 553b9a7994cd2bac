// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import dev.billion.local.Checkout;
import dev.billion.local.Java;
import dev.billion.local.LocalStack;
import dev.billion.local.program.Emitter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of the programs that a demo runs.
 *
 * @param producer what starts the producer, before its own arguments
 * @param sink what starts the sink, before its own arguments
 * @param verifier what starts the verifier, before its own arguments
 * @param streamOptions more options of the sink, where it commits what comes
 */
public record Programs(
    List<String> producer, List<String> sink, List<String> verifier, List<String> streamOptions) {

  public static final String TOPIC = "user-events";

  /**
   * Up to here Spark's start is most of the work, and the best compiler costs more than it saves.
   */
  private static final long FEW_RECORDS = 5_000_000;

  private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** For a sink that goes on: docs/performance.md has what they save. */
  private static final List<String> LASTING =
      List.of("-XX:+UseParallelGC", "-XX:CompileThresholdScaling=5");

  public Programs(List<String> producer, List<String> sink, List<String> verifier) {
    this(producer, sink, verifier, List.of());
  }

  /** The programs that a checkout has built. */
  public static Programs of(Checkout checkout, Java java, String sinkHeap, long records) {
    List<String> options =
        records <= FEW_RECORDS
            ? sinkOptions(checkout, sinkHeap, QUICK)
            : lastingSinkOptions(checkout, sinkHeap);
    Path sink = checkout.built("spark-sink", "target", "spark-sink.jar");
    return new Programs(
        Emitter.command(checkout, java, List.of("-Xmx512m")),
        java.jar(options, sink, List.of()),
        java.jar(options, sink, List.of()));
  }

  /** With more options for the producer. */
  Programs emitting(List<String> options) {
    List<String> command = new ArrayList<>(producer);
    command.addAll(options);
    return new Programs(command, sink, verifier, streamOptions);
  }

  /** With more options for the sink, where it commits what comes. */
  public Programs streaming(List<String> options) {
    return new Programs(producer, sink, verifier, List.copyOf(options));
  }

  /** Options of the JVM of a sink that has much to do, as {@code billion sink} starts it. */
  public static List<String> lastingSinkOptions(Checkout checkout, String heap) {
    return sinkOptions(checkout, heap, LASTING);
  }

  /** With the archive of its classes that {@code billion} made, if any. */
  private static List<String> sinkOptions(Checkout checkout, String heap, List<String> more) {
    List<String> options = new ArrayList<>(more);
    options.add("-Xmx" + heap);
    // room for Spark's classes, or each start takes three full collections to find it
    options.add("-XX:MetaspaceSize=256m");
    Path classes = checkout.root().resolve(Path.of("spark-sink", "target", "spark-sink.jsa"));
    if (Files.exists(classes)) {
      options.addAll(List.of("-XX:SharedArchiveFile=" + classes, "-Xlog:cds=off"));
    }
    return options;
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

  /** A sink that commits what comes, until it is asked to stop. */
  public List<String> stream(Workspace space, LocalStack stack) {
    List<String> command = new ArrayList<>(sink);
    command.add("stream");
    command.addAll(addresses(stack));
    command.addAll(tables(space));
    command.addAll(
        List.of("--checkpoint", space.checkpoint().toString(), "--trigger", "2s", "--json"));
    command.addAll(streamOptions);
    return command;
  }

  /** The proof of what a demo, or a sink of a workspace, has committed. */
  public List<String> verify(Workspace space) {
    List<String> command = new ArrayList<>(verifier);
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
