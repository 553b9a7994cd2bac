// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import dev.billion.bench.measure.Output;
import dev.billion.bench.measure.PerfToolOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Kafka's own kafka-producer-perf-test, on the clients of its own version. It sends random capital
 * letters, as many bytes a record as an event has on average.
 */
record PerfTool(Setting setting, Path clientFile) implements Contender {

  private static final List<String> JARS =
      List.of("kafka-tools.jar", "argparse4j.jar", "jopt-simple.jar");

  @Override
  public String name() {
    return "perf-tool";
  }

  @Override
  public List<String> command(Job job) {
    return setting
        .java()
        .main(
            setting.jvmOptions(job),
            classPath(),
            "org.apache.kafka.tools.ProducerPerformance",
            List.of(
                "--topic",
                job.topic(),
                "--num-records",
                Long.toString(job.records()),
                "--warmup-records",
                Long.toString(job.records() / 5),
                "--record-size",
                Long.toString(Math.round(setting.payloads().meanBytes())),
                "--throughput",
                "-1",
                "--reporting-interval",
                "1000",
                "--command-config",
                clientFile.toString()));
  }

  @Override
  public Output output() {
    return new PerfToolOutput();
  }

  private List<Path> classPath() {
    List<Path> jars = new ArrayList<>();
    JARS.forEach(jar -> jars.add(setting.built("bench", "target", "perf-tool", jar)));
    jars.addAll(setting.checkout().brokerJars());
    return jars;
  }
}
