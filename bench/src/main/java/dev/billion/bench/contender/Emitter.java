// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import dev.billion.bench.measure.JsonOutput;
import dev.billion.bench.measure.Measured;
import dev.billion.bench.measure.Output;
import dev.billion.local.Binary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The emitter as it is shipped.
 *
 * @param name what to call it
 * @param setting what all have in common
 * @param binary the native program; null for the JVM
 * @param rate records/s, empty for as many as it can
 */
record Emitter(String name, Setting setting, Path binary, OptionalLong rate) implements Contender {

  @Override
  public List<String> command(Job job) {
    List<String> options =
        new ArrayList<>(binary == null ? setting.jvmOptions(job) : setting.nativeOptions());
    options.addAll(setting.client().ofChannel(ClientSettings.EMITTER_CHANNEL));
    rate.ifPresent(perSecond -> options.add("-Demitter.warm-up=" + warmUp(job, perSecond)));
    List<String> arguments =
        List.of(
            "--bootstrap",
            setting.bootstrap(),
            "--registry",
            setting.registry(),
            "--topic",
            job.topic(),
            "--records",
            Long.toString(job.records()),
            "--rate",
            rate.isPresent() ? Long.toString(rate.getAsLong()) : "max",
            "--http-port",
            "0",
            "--json");
    if (binary == null) {
      return setting
          .java()
          .jar(
              options,
              setting.built("producer-native", "target", "quarkus-app", "quarkus-run.jar"),
              arguments);
    }
    options.addAll(arguments);
    return Binary.command(binary, options);
  }

  /** The first fifth of the run, which is not its steady part: see {@link Measured}. */
  private static String warmUp(Job job, long perSecond) {
    return Math.max(1, Math.round(job.records() * 1e3 * Measured.WARM_UP / perSecond)) + "ms";
  }

  @Override
  public Output output() {
    return new JsonOutput(rate);
  }
}
