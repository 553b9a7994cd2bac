// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import java.util.ArrayList;
import java.util.List;

/**
 * A reactive message for each record, over events that are encoded already. Slow: it gets fewer.
 */
record PerRecord(Setting setting) implements Contender {

  private static final long MOST_RECORDS = 500_000;
  private static final String CHANNEL = "mp.messaging.outgoing.events.";

  @Override
  public String name() {
    return "per-record";
  }

  @Override
  public long records(long wanted) {
    return Math.min(wanted, MOST_RECORDS);
  }

  @Override
  public List<String> command(Job job) {
    List<String> options = new ArrayList<>(setting.jvmOptions(job));
    options.addAll(setting.client().ofChannel(CHANNEL));
    options.add("-D" + CHANNEL + "topic=" + job.topic());
    options.add("-Dkafka.bootstrap.servers=" + setting.bootstrap());
    options.add("-Dbench.payloads=" + setting.payloads().path());
    options.add("-Dbench.records=" + job.records());
    return setting
        .java()
        .jar(
            options,
            setting.built("bench", "per-record", "target", "quarkus-app", "quarkus-run.jar"),
            List.of());
  }
}
