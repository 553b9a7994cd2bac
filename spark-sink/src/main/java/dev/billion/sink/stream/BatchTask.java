// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.schemas.registry.RegistryConfig;
import dev.billion.sink.SinkException;
import dev.billion.sink.decode.Defect;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.RecordDecoder;
import dev.billion.sink.decode.WiderSchemaException;
import dev.billion.sink.decode.WriterSchemas;
import dev.billion.sink.read.Consumers;
import dev.billion.sink.read.OffsetRange;
import dev.billion.sink.write.DeadLetterFile;
import dev.billion.sink.write.EventFiles;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a task does for a batch: reads its share of the records once, and writes each into a file of
 * one of the two tables. Nothing of it shows before the files are committed.
 *
 * @param batch the batch's id
 * @param ingestMicros when the batch began, in microseconds since 1970
 * @param kafka settings of the Kafka client
 * @param schema the Avro schema that records are read as, in JSON
 * @param wholeEvents whether to stop at an event of which the table has not all fields
 * @param events the address of the events table
 * @param deadLetters the address of the dead-letter table
 * @param settled null, or where dead letters in the batch are committed already
 */
record BatchTask(
    long batch,
    long ingestMicros,
    Map<String, String> kafka,
    RegistryConfig registry,
    String schema,
    boolean wholeEvents,
    String events,
    String deadLetters,
    DeadLetterPlaces settled,
    Broadcast<SerializableConfiguration> hadoop)
    implements Function<List<OffsetRange>, BatchFiles> {

  @Serial private static final long serialVersionUID = 1L;

  /** Longer than brokers take to come back. A task that fails ends a local sink with its batch. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public BatchFiles call(List<OffsetRange> ranges) throws IOException {
    Configuration configuration = hadoop.value().value();
    EventLayout layout = EventLayout.parse(schema);
    EventFiles eventFiles = new EventFiles(events, layout, ingestMicros, configuration);
    DeadLetterFile deadLetterFile = new DeadLetterFile(deadLetters, configuration);
    RecordDecoder decoder = new RecordDecoder(WriterSchemas.shared(registry, layout), wholeEvents);
    Intake.Counter intake = new Intake.Counter();
    boolean done = false;
    try {
      Consumers.shared(kafka)
          .read(
              ranges,
              PATIENCE,
              record -> {
                intake.read(record.timestamp());
                if (settled != null && settled.contains(record)) {
                  return;
                }
                Defect defect = decoder.decode(record.value(), batch);
                if (defect == null) {
                  eventFiles.write(decoder.event(), record);
                } else {
                  requireUnsettled(record);
                  deadLetterFile.write(record, defect);
                  intake.deadLetter(defect.reason());
                }
              });
      BatchFiles files = new BatchFiles(eventFiles.close(), deadLetterFile.close(), intake.total());
      done = true;
      return files;
    } catch (WiderSchemaException e) {
      return BatchFiles.stoppedBy(e.schema());
    } finally {
      if (!done) {
        eventFiles.discard();
        deadLetterFile.discard();
      }
    }
  }

  /**
   * The registry may know more than when the batch's dead letters were committed, or less: what is
   * a dead letter stays one and is no event, and the batch waits for a registry that lost schemas.
   */
  private void requireUnsettled(ConsumerRecord<byte[], byte[]> record) {
    if (settled != null && settled.complete()) {
      throw new SinkException(
          "batch %d has more dead letters than before the restart, as at %s-%d offset %d (valid: a registry with all schemas it had)"
              .formatted(batch, record.topic(), record.partition(), record.offset()));
    }
  }
}
