// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.append;

import java.util.Deque;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner.StickyPartitionInfo;
import org.apache.kafka.clients.producer.internals.ProducerBatch;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The batch of records that Kafka's producer is filling. Appends to it as {@link
 * KafkaProducer#send} does, but many records under one lock and in one write: {@code send} finds
 * out for each record anew what is the same for all of a batch.
 *
 * <p>It opens no batch. A record for which there is none, or no room in it, goes through {@code
 * send}, a few of a thousand: so that memory and the wait for it, the choice of the partition, the
 * transaction and the waking of the network's thread all stay the client's. For one thread, the
 * only one that sends with this producer to this topic.
 *
 * @param <V> what is sent
 * @see <a
 *     href="https://github.com/apache/kafka/blob/4.1.1/clients/src/main/java/org/apache/kafka/clients/producer/internals/RecordAccumulator.java">
 *     RecordAccumulator.append</a>, which does the same for one record
 */
public final class OpenBatch<V> {

  private final KafkaProducer<?, V> producer;
  private final String topic;
  private final Serializer<V> serializer;
  private final ProducerMetadata metadata;
  private final BatchWriter writer = new BatchWriter();
  private RecordHeaders headers = new RecordHeaders();

  private Map<Integer, Deque<ProducerBatch>> batches; // null until a record was sent
  private BuiltInPartitioner partitioner;

  /** The records to append, in their order. */
  public interface Records<V> {

    /** Whether there is another one, and it may be appended. */
    boolean hasNext();

    /** Its value. */
    V value();

    /**
     * What is called when it is known of it; asked for anew if there was no room. The same one for
     * records that follow each other is called once for each, in their order.
     */
    Callback callback();

    /** It was appended. */
    void advance();
  }

  private OpenBatch(KafkaProducer<?, V> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
    this.serializer = ClientInternals.valueSerializer(producer);
    this.metadata = ClientInternals.metadata(producer);
  }

  /**
   * The open batch of a topic's records without a key.
   *
   * @return null if {@code send} does something else to each record that is to be kept:
   *     interceptors, a partitioner of one's own, a limit that a batch has room to exceed; or if it
   *     is not idempotent, and may tell of records in another order than theirs
   */
  public static <V> OpenBatch<V> of(Producer<?, V> producer, String topic) {
    return producer instanceof KafkaProducer<?, V> client && isPlain(ClientInternals.config(client))
        ? new OpenBatch<>(client, topic)
        : null;
  }

  private static boolean isPlain(ProducerConfig config) {
    return config.getList(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG).isEmpty()
        && config.getClass(ProducerConfig.PARTITIONER_CLASS_CONFIG) == null
        && config.getBoolean(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG)
        && config.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG)
            >= config.getInt(ProducerConfig.BATCH_SIZE_CONFIG);
  }

  /**
   * Encodes a record and forgets it: what the serializer has to ask a registry for, it asks for
   * now, and not while the batch is locked, for which the network's thread would wait.
   *
   * @throws org.apache.kafka.common.errors.SerializationException if it cannot be encoded
   */
  public void prepare(V value) {
    serializer.serialize(topic, new RecordHeaders(), value);
  }

  /**
   * Appends as many records as there is room for; none if no batch is open.
   *
   * @throws org.apache.kafka.common.errors.SerializationException if one cannot be encoded; those
   *     before it are appended
   */
  public void append(Records<V> records) {
    if (batches == null && !find()) {
      return;
    }
    Cluster cluster = metadata.fetch();
    if (cluster.partitionCountForTopic(topic) == null) {
      return; // the topic is not known at present: send waits until it is
    }
    StickyPartitionInfo partition = ClientInternals.presentPartition(partitioner, cluster);
    Deque<ProducerBatch> queue = batches.get(partition.partition());
    if (queue == null) {
      return;
    }
    synchronized (queue) {
      ProducerBatch batch = queue.peekLast();
      if (batch == null || ClientInternals.isChanged(partitioner, partition)) {
        return;
      }
      int before = batch.estimatedSizeInBytes();
      try {
        append(batch, records);
      } finally {
        int bytes = batch.estimatedSizeInBytes() - before;
        ClientInternals.appended(partitioner, partition, bytes, cluster, batch.isFull());
      }
    }
  }

  private boolean find() {
    Object found = ClientInternals.topic(producer, topic);
    if (found == null) {
      return false;
    }
    batches = ClientInternals.batches(found);
    partitioner = ClientInternals.partitioner(found);
    return true;
  }

  private void append(ProducerBatch batch, Records<V> records) {
    long now = System.currentTimeMillis();
    writer.begin(batch, now);
    try {
      while (records.hasNext()) {
        byte[] value;
        Header[] added;
        try {
          value = serializer.serialize(topic, headers, records.value());
        } finally {
          added = headers.toArray();
          if (added.length > 0) { // the serializer's, of this record alone
            headers = new RecordHeaders();
          }
        }
        if (!append(batch, now, value, added, records.callback())) {
          return;
        }
        records.advance();
      }
    } finally {
      writer.flush();
    }
  }

  private boolean append(
      ProducerBatch batch, long now, byte[] value, Header[] added, Callback callback) {
    if (added.length == 0 && BatchWriter.takes(value)) {
      return writer.write(value, callback);
    }
    writer.flush();
    boolean room = batch.tryAppend(now, null, value, added, callback, now) != null;
    writer.begin(batch, now);
    return room;
  }
}
