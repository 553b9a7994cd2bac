// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.schemas.registry.RegistryConfig;
import java.time.Duration;
import java.util.Map;

/**
 * Everything the sink is told.
 *
 * @param bootstrap Kafka brokers, {@code host:port} separated by commas
 * @param topic the topic to read
 * @param group the consumer group that shows the sink's offsets; it has no members
 * @param kafka further client settings, such as security, by their Kafka names
 * @param registry where writer schemas come from, with the deadline of a running batch
 * @param table the URI of the events table
 * @param deadLetters the URI of the dead-letter table
 * @param checkpoint the URI of Spark's checkpoint
 * @param appId who commits: with the batch id it makes a commit idempotent
 * @param from where a new checkpoint starts
 * @param maxRecords the most records in a batch
 * @param trigger the time from one batch's start to the next's
 * @param drain to end when all records that were there at the start are committed
 * @param startupTimeout how long broker, topic and registry may take to be there
 * @param fromTable to begin a new checkpoint at the offsets that the events table has
 * @param onDataLoss what to do about records that Kafka deleted before they were read
 * @param gaps the URI of the table of such gaps
 * @param schema what the records are
 */
public record SinkSettings(
    String bootstrap,
    String topic,
    String group,
    Map<String, String> kafka,
    RegistryConfig registry,
    String table,
    String deadLetters,
    String checkpoint,
    String appId,
    From from,
    long maxRecords,
    Duration trigger,
    boolean drain,
    Duration startupTimeout,
    boolean fromTable,
    OnDataLoss onDataLoss,
    String gaps,
    SchemaSettings schema) {

  /** Where a sink without a checkpoint starts. */
  public enum From {
    EARLIEST,
    LATEST
  }

  /** What to do about records that are gone. */
  public enum OnDataLoss {
    FAIL,
    CONTINUE
  }

  public SinkSettings {
    kafka = Map.copyOf(kafka);
  }
}
