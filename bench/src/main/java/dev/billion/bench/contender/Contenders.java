// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import dev.billion.local.Binary;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Who takes part. */
public final class Contenders {

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
    return wanted(contenders);
  }

  /** The emitter at a rate, records/s. */
  public List<Contender> paced(long rate) {
    return wanted(emitters("paced", OptionalLong.of(rate)));
  }

  /** The emitter that is started again and again, with a rate, records/s, or as fast as it can. */
  public List<Contender> starting(OptionalLong rate) {
    return wanted(emitters("start", rate));
  }

  /** The emitter that fills a topic for others to read, as fast as it can. */
  public Contender filler() {
    return new Emitter("emitter", setting, Binary.emitter().orElse(null), OptionalLong.empty());
  }

  private List<Contender> emitters(String name, OptionalLong rate) {
    List<Contender> emitters = new ArrayList<>();
    emitters.add(new Emitter(name + "-jvm", setting, null, rate));
    Optional<Path> binary = Binary.emitter();
    if (binary.isPresent()) {
      emitters.add(new Emitter(name + "-native", setting, binary.get(), rate));
    } else if (wanted(name + "-native")) {
      notes.printf(
          "%s-native is left out: the native binary is not built, or older than its sources:"
              + " ./mvnw package -pl producer-native -am -DskipTests -Dnative%n",
          name);
    }
    return emitters;
  }

  private List<Contender> wanted(List<Contender> contenders) {
    return contenders.stream().filter(contender -> wanted(contender.name())).toList();
  }

  private boolean wanted(String name) {
    return only.isEmpty() || only.contains(name);
  }
}
