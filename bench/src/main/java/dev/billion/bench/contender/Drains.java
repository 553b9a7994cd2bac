// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import dev.billion.bench.contender.Drain.Leaves;
import dev.billion.local.Errors;
import dev.billion.local.LocalStackException;
import dev.billion.local.demo.Programs;
import dev.billion.local.demo.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * The sink and what to compare it with, all on the sink's libraries and with the same heap.
 *
 * @param setting where the programs and the broker are
 * @param topic what to read
 * @param records how many there are
 * @param partitions of the topic
 */
public record Drains(Setting setting, String topic, long records, int partitions) {

  public static final List<String> NAMES = List.of("vanilla", "tuned", "sink", "poll", "parquet");

  /** The largest heap, the same for each. */
  private static final String HEAP = "4g";

  private static final String BASELINES = "dev.billion.bench.drain.";

  /**
   * Those that are wanted.
   *
   * @param only their names; empty for all
   */
  public List<Drain> of(List<String> only) {
    return List.of(
            new Drain("vanilla", Leaves.TABLE, space -> spark("Vanilla", space)),
            new Drain("tuned", Leaves.TABLE, space -> spark("Tuned", space)),
            new Drain("sink", Leaves.PROVABLE_TABLE, this::sink),
            new Drain(
                "poll",
                Leaves.NOTHING,
                space -> baseline("Poll", List.of(setting.bootstrap(), topic))),
            new Drain("parquet", Leaves.FILES, this::parquet))
        .stream()
        .filter(drain -> only.isEmpty() || only.contains(drain.name()))
        .toList();
  }

  private List<String> spark(String name, Workspace space) {
    return baseline(
        name,
        List.of(
            setting.bootstrap(), topic, space.events().toString(), space.checkpoint().toString()));
  }

  private List<String> parquet(Workspace space) {
    return baseline(
        "BareParquet",
        List.of(Long.toString(records), Integer.toString(partitions), space.events().toString()));
  }

  private List<String> sink(Workspace space) {
    return setting
        .java()
        .jar(
            Programs.lastingSinkOptions(setting.checkout(), HEAP),
            sinkJar(),
            List.of(
                "drain",
                "--bootstrap",
                setting.bootstrap(),
                "--registry",
                setting.registry(),
                "--topic",
                topic,
                "--table",
                space.events().toString(),
                "--dead-letters",
                space.deadLetters().toString(),
                "--checkpoint",
                space.checkpoint().toString(),
                "--json"));
  }

  private List<String> baseline(String name, List<String> arguments) {
    List<String> options = new ArrayList<>(List.of("-Xmx" + HEAP));
    options.addAll(opens());
    Path module = setting.built("bench", "drain", "target");
    return setting
        .java()
        .main(
            options,
            List.of(
                setting.built("bench", "drain", "target", "bench-drain.jar"),
                module.resolve(Path.of("lib", "*")),
                sinkJar().resolveSibling(Path.of("lib", "*"))),
            BASELINES + name,
            arguments);
  }

  private Path sinkJar() {
    return setting.built("spark-sink", "target", "spark-sink.jar");
  }

  /** What Spark needs opened, as the sink's jar says it. */
  private List<String> opens() {
    try (JarFile jar = new JarFile(sinkJar().toFile())) {
      Attributes main = jar.getManifest().getMainAttributes();
      return Arrays.stream(main.getValue("Add-Opens").strip().split("\\s+"))
          .map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED")
          .toList();
    } catch (IOException e) {
      throw new LocalStackException("cannot read " + Errors.describe(e), e);
    }
  }
}
