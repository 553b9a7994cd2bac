// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench;

import dev.billion.bench.contender.ClientSettings;
import dev.billion.bench.contender.Contender;
import dev.billion.bench.contender.Job;
import dev.billion.bench.contender.PayloadFile;
import dev.billion.bench.contender.Setting;
import dev.billion.bench.measure.Measured;
import dev.billion.bench.report.Row;
import dev.billion.local.Checkout;
import dev.billion.local.ChildProcess;
import dev.billion.local.LocalStack;
import dev.billion.local.LocalStackException;
import dev.billion.local.Topic;
import dev.billion.local.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A broker and a registry on which contenders run, one after another, each on a topic of its own.
 */
final class Arena implements AutoCloseable {

  private static final Duration TOPIC_DEADLINE = Duration.ofSeconds(30);

  private final LocalStack stack;
  private final Setting setting;
  private final Path directory;
  private final int partitions;

  private Arena(LocalStack stack, Setting setting, Path directory, int partitions) {
    this.stack = stack;
    this.setting = setting;
    this.directory = directory;
    this.partitions = partitions;
  }

  static Arena open(Checkout checkout, Path directory, String compression, int partitions) {
    LocalStack stack =
        LocalStack.builder()
            .directory(directory)
            .brokerHeap("1g")
            // the disk of a finished run is free before the next one needs it
            .brokerProperty("log.segment.delete.delay.ms", "1000")
            .closedAtExit(false)
            .start();
    Setting setting =
        new Setting(
            checkout,
            stack.java(),
            stack.bootstrap(),
            stack.registryUrl(),
            ClientSettings.ofEmitter(compression),
            PayloadFile.write(directory.resolve("payloads")));
    setting.client().write(directory.resolve("client.properties"), stack.bootstrap());
    return new Arena(stack, setting, directory, partitions);
  }

  Setting setting() {
    return setting;
  }

  /** Client settings as an ordinary client reads them. */
  Path clientFile() {
    return directory.resolve("client.properties");
  }

  Path directory() {
    return directory;
  }

  /** Creates a topic, and the one for its dead letters. */
  void create(String topic) {
    Topics.create(
        stack.broker(),
        List.of(Topic.of(topic, partitions), Topic.of(deadLetters(topic), 1)),
        TOPIC_DEADLINE);
  }

  /**
   * Makes sure that all that was sent is there.
   *
   * @throws LocalStackException if the topic holds another number of records
   */
  void requireRecords(String sender, String topic, long records) {
    long stored = Topics.records(stack.broker(), topic);
    if (stored != records) {
      throw new LocalStackException(
          "%s sent %,d records, but its topic holds %,d".formatted(sender, records, stored));
    }
  }

  /**
   * Lets a contender run to its end.
   *
   * @throws LocalStackException if it fails, or the topic does not hold what it was to send
   */
  Row run(Contender contender, long records, int round) throws InterruptedException {
    String name = contender.name() + "-" + round;
    create(name);
    Job job = new Job(name, records, directory.resolve("logs").resolve(name + ".gc"));
    Row row =
        Measured.run(
            new Measured.Task(
                new ChildProcess.Command(
                    contender.name(),
                    contender.command(job),
                    Map.of(),
                    directory.resolve("logs").resolve(name + ".log")),
                job.gcLog(),
                records,
                setting.payloads().meanBytes()),
            contender.output());
    requireRecords(name, name, records);
    Topics.delete(stack.broker(), List.of(name, deadLetters(name)));
    return row;
  }

  private static String deadLetters(String topic) {
    return topic + "-dead-letters";
  }

  @Override
  public void close() {
    stack.close();
  }
}
