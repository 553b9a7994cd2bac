// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import dev.billion.local.Errors;
import dev.billion.local.LocalStackException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Who takes part. */
public final class Contenders {

  private static final String RUNNER = "-runner";

  private final Setting setting;
  private final List<String> only;
  private final PrintStream notes;

  /**
   * @param only the names of those that are wanted; empty for all
   * @param notes is told who of them is left out
   */
  public Contenders(Setting setting, List<String> only, PrintStream notes) {
    this.setting = setting;
    this.only = only;
    this.notes = notes;
  }

  /** The emitter as fast as it can, and what to compare it with. */
  public List<Contender> producers(Path clientFile) {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new PerfTool(setting, clientFile));
    contenders.add(new Raw(setting, clientFile));
    contenders.addAll(emitters("emitter", OptionalLong.empty()));
    contenders.add(new PerRecord(setting));
    return contenders.stream().filter(contender -> wanted(contender.name())).toList();
  }

  /** The emitter at a rate, records/s. */
  public List<Contender> paced(long rate) {
    return emitters("paced", OptionalLong.of(rate)).stream()
        .filter(contender -> wanted(contender.name()))
        .toList();
  }

  private List<Contender> emitters(String name, OptionalLong rate) {
    List<Contender> emitters = new ArrayList<>();
    emitters.add(new Emitter(name + "-jvm", setting, null, rate));
    Optional<Path> binary = binary();
    if (binary.isPresent()) {
      emitters.add(new Emitter(name + "-native", setting, binary.get(), rate));
    } else if (wanted(name + "-native")) {
      notes.printf(
          "%s-native is left out: there is no producer-native/target/*-runner; build it with"
              + " ./mvnw package -pl producer-native -am -DskipTests -Dquarkus.native.enabled=true%n",
          name);
    }
    return emitters;
  }

  private boolean wanted(String name) {
    return only.isEmpty() || only.contains(name);
  }

  private Optional<Path> binary() {
    Path target = setting.checkout().root().resolve(Path.of("producer-native", "target"));
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(file -> file.toString().endsWith(RUNNER)).sorted().findFirst();
    } catch (IOException e) {
      throw new LocalStackException("cannot read " + Errors.describe(e), e);
    }
  }
}
