// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.local.Errors;
import dev.billion.local.LocalStackException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a benchmark ran.
 *
 * @param cpu the processor's model
 * @param cores how many of it this program may use
 * @param memoryMib all there is
 * @param os its name and version
 * @param java the version of the Java that ran the contenders
 * @param load the load average over the minute before the start: what else went on
 */
public record Machine(String cpu, int cores, long memoryMib, String os, String java, double load) {

  /**
   * @throws LocalStackException if this is not Linux
   */
  public static Machine read() {
    return new Machine(
        value("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(value("/proc/meminfo", "MemTotal").replace(" kB", "")) / 1024,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.runtime.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("cpu", cpu)
        .put("cores", cores)
        .put("memory_mib", memoryMib)
        .put("os", os)
        .put("java", java)
        .put("load_average", load);
  }

  /** One line for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %,d MiB, %s, Java %s, load average %.2f",
        cpu,
        cores,
        memoryMib,
        os,
        java,
        load);
  }

  private static String value(String file, String key) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new LocalStackException("the benchmarks need Linux: " + Errors.describe(e), e);
    }
  }
}
