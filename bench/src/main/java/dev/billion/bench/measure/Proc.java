// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Linux knows of a process.
 *
 * @param directory its directory below /proc
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record Proc(Path directory) {

  /** USER_HZ, which is part of the kernel's interface and the same on all of Java's platforms. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final int CHILDREN_USER_TIME = 13;
  private static final int CHILDREN_SYSTEM_TIME = 14;

  static Proc of(long pid) {
    return new Proc(Path.of("/proc", Long.toString(pid)));
  }

  /** The processor time it has used, in user and kernel mode. */
  double cpuSeconds() throws IOException {
    return cpuSeconds(Files.readString(directory.resolve("stat")));
  }

  /**
   * The processor time that its children used which have ended, and theirs, from their start to
   * their end.
   */
  double endedChildrenCpuSeconds() throws IOException {
    return endedChildrenCpuSeconds(Files.readString(directory.resolve("stat")));
  }

  /** The most memory it ever held, MiB. */
  double peakMib() throws IOException {
    return peakMib(Files.readAllLines(directory.resolve("status")));
  }

  /** From a line of /proc/PID/stat; the program's name in it may have any character. */
  static double cpuSeconds(String stat) {
    return seconds(stat, USER_TIME, SYSTEM_TIME);
  }

  static double endedChildrenCpuSeconds(String stat) {
    return seconds(stat, CHILDREN_USER_TIME, CHILDREN_SYSTEM_TIME);
  }

  private static double seconds(String stat, int user, int system) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[user]) + Long.parseLong(fields[system])) / TICKS_PER_SECOND;
  }

  /** From the lines of /proc/PID/status; 0 for a process that has let go of its memory. */
  static double peakMib(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
        .findFirst()
        .orElse(0);
  }
}
