// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;

import dev.billion.sink.SinkException;
import dev.billion.sink.table.SinkTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sends dead letters back to a topic, each once however often it is done: a chunk of them and how
 * far that is, of each origin, are one transaction. An origin's dead letters come into their table
 * in the order of their offsets, so that one number says which were sent.
 */
public final class Replay {

  /** Of data files: a few times as much in memory, as values compress. */
  private static final long PART_BYTES = 8L << 20;

  private final SinkTable deadLetters;
  private final ReplaySettings settings;
  private final Memory memory;

  public Replay(SinkTable deadLetters, ReplaySettings settings) {
    this.deadLetters = deadLetters;
    this.settings = settings;
    this.memory = new Memory(settings);
  }

  /**
   * Counts what would be sent.
   *
   * @throws SinkException if there is no such table or topic
   */
  public ReplayCount plan() throws InterruptedException {
    requireTable();
    memory.prepare(false);
    Left left = new Left(settings.reasons(), settings.partitions(), memory.read());
    Sending sending = new Sending(left.next());
    rows(left).toLocalIterator().forEachRemaining(sending::isNext);
    return count(sending, left);
  }

  /**
   * Sends what was not sent before.
   *
   * @throws SinkException if there is no such table or topic, or the brokers do not take it
   */
  public ReplayCount send() throws InterruptedException {
    requireTable();
    memory.prepare(true);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(config(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions(); // ends what an earlier process may have left open, and it too
      Left left = new Left(settings.reasons(), settings.partitions(), memory.read());
      return count(send(producer, left), left);
    } catch (ProducerFencedException e) {
      throw new SinkException(
          "another replay to topic '%s' has taken over (valid: one at a time)"
              .formatted(settings.topic()),
          e);
    } catch (KafkaException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new SinkException(
          "replay to topic '%s' stopped: %s (valid: brokers that take the records; run it again to go on)"
              .formatted(settings.topic(), why.getMessage()),
          e);
    }
  }

  private Sending send(Producer<byte[], byte[]> producer, Left left) {
    Sending sending = new Sending(left.next());
    int partitions = producer.partitionsFor(settings.topic()).size();
    Iterator<Row> rows = rows(left).toLocalIterator();
    while (rows.hasNext()) {
      Set<Origin> touched = new HashSet<>();
      producer.beginTransaction();
      for (int i = 0; i < settings.chunk() && rows.hasNext(); i++) {
        Row row = rows.next();
        if (sending.isNext(row)) {
          producer.send(record(row, partitions));
          touched.add(Left.origin(row));
        }
      }
      touched.forEach(origin -> producer.send(memory.record(origin, sending.next(origin))));
      producer.commitTransaction();
    }
    return sending;
  }

  /** To the partition it came from where there is one: records of a key stay together. */
  private ProducerRecord<byte[], byte[]> record(Row row, int partitions) {
    Origin origin = Left.origin(row);
    Integer partition = origin.partition() < partitions ? origin.partition() : null;
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(settings.topic(), partition, null, Left.value(row));
    Map.of(
            "dead-letter-topic", origin.topic(),
            "dead-letter-partition", Integer.toString(origin.partition()),
            "dead-letter-offset", Long.toString(Left.offset(row)),
            "dead-letter-reason", origin.reason())
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    return record;
  }

  /** In parts that follow each other, of which one at a time comes here. */
  private Dataset<Row> rows(Left left) {
    int parts = Math.toIntExact(1 + deadLetters.bytes() / PART_BYTES);
    return deadLetters
        .columns(Left.COLUMNS)
        .filter((FilterFunction<Row>) left::isLeft)
        .repartitionByRange(parts, col("topic"), col("partition"), col("offset"))
        .sortWithinPartitions("topic", "partition", "offset");
  }

  private ReplayCount count(Sending sending, Left left) {
    long wanted =
        deadLetters.columns(Left.COLUMNS).filter((FilterFunction<Row>) left::isWanted).count();
    return new ReplayCount(sending.byReason(), wanted - sending.total());
  }

  private void requireTable() {
    if (!deadLetters.exists()) {
      throw new SinkException(
          "no table at %s (valid: the dead-letter table of a sink)".formatted(deadLetters));
    }
  }

  private Map<String, Object> config() {
    Map<String, Object> config = new HashMap<>(settings.kafka());
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap());
    config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.memory());
    return config;
  }
}
