// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import dev.billion.bench.raw.RawProducer;
import java.nio.file.Path;
import java.util.List;

/** A bare loop around the emitter's Kafka client, over events that are encoded already. */
record Raw(Setting setting, Path clientFile) implements Contender {

  @Override
  public String name() {
    return "raw";
  }

  @Override
  public List<String> command(Job job) {
    return setting
        .java()
        .main(
            setting.jvmOptions(job),
            List.of(setting.built("bench", "target", "bench.jar")),
            RawProducer.class.getName(),
            List.of(
                clientFile.toString(),
                job.topic(),
                setting.payloads().path().toString(),
                Long.toString(job.records())));
  }
}
