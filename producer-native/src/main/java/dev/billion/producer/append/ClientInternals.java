// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.append;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner.StickyPartitionInfo;
import org.apache.kafka.clients.producer.internals.ProducerBatch;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.clients.producer.internals.RecordAccumulator;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.internals.Plugin;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What {@link OpenBatch} uses of Kafka's producer and that is not public: of kafka-clients 4.1, as
 * {@link BatchInternals} is of its batches. A client that has it no longer fails when these classes
 * are loaded, at the build of the native binary or in any test that sends a record.
 */
final class ClientInternals {

  private static final Class<?> TOPIC_INFO =
      load("org.apache.kafka.clients.producer.internals.RecordAccumulator$TopicInfo");

  private static final VarHandle CONFIG =
      field(KafkaProducer.class, "producerConfig", ProducerConfig.class);
  private static final VarHandle SERIALIZER =
      field(KafkaProducer.class, "valueSerializerPlugin", Plugin.class);
  private static final VarHandle METADATA =
      field(KafkaProducer.class, "metadata", ProducerMetadata.class);
  private static final VarHandle ACCUMULATOR =
      field(KafkaProducer.class, "accumulator", RecordAccumulator.class);
  private static final VarHandle TOPIC_INFOS =
      field(RecordAccumulator.class, "topicInfoMap", ConcurrentMap.class);
  private static final VarHandle BATCHES = field(TOPIC_INFO, "batches", ConcurrentMap.class);
  private static final VarHandle PARTITIONER =
      field(TOPIC_INFO, "builtInPartitioner", BuiltInPartitioner.class);

  private static final MethodHandle PRESENT_PARTITION =
      method("peekCurrentPartitionInfo", StickyPartitionInfo.class, Cluster.class);
  private static final MethodHandle IS_PARTITION_CHANGED =
      method("isPartitionChanged", boolean.class, StickyPartitionInfo.class);
  private static final MethodHandle UPDATE_PARTITION =
      method(
          "updatePartitionInfo",
          void.class,
          StickyPartitionInfo.class,
          int.class,
          Cluster.class,
          boolean.class);

  private ClientInternals() {}

  static ProducerConfig config(KafkaProducer<?, ?> producer) {
    return (ProducerConfig) CONFIG.get(producer);
  }

  @SuppressWarnings("unchecked") // it is the producer's own
  static <V> Serializer<V> valueSerializer(KafkaProducer<?, V> producer) {
    return ((Plugin<Serializer<V>>) SERIALIZER.get(producer)).get();
  }

  static ProducerMetadata metadata(KafkaProducer<?, ?> producer) {
    return (ProducerMetadata) METADATA.get(producer);
  }

  /** What the producer knows of a topic; null until a record was sent there. */
  static Object topic(KafkaProducer<?, ?> producer, String topic) {
    RecordAccumulator accumulator = (RecordAccumulator) ACCUMULATOR.get(producer);
    return ((Map<?, ?>) TOPIC_INFOS.get(accumulator)).get(topic);
  }

  /** The batches of each partition that are not on their way yet, the last of which may be open. */
  @SuppressWarnings("unchecked") // as it is declared there
  static Map<Integer, Deque<ProducerBatch>> batches(Object topic) {
    return (Map<Integer, Deque<ProducerBatch>>) BATCHES.get(topic);
  }

  static BuiltInPartitioner partitioner(Object topic) {
    return (BuiltInPartitioner) PARTITIONER.get(topic);
  }

  /** Where records without a key go at present. */
  static StickyPartitionInfo presentPartition(BuiltInPartitioner partitioner, Cluster cluster) {
    try {
      return (StickyPartitionInfo) PRESENT_PARTITION.invokeExact(partitioner, cluster);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** To be called with the partition's batches locked. */
  static boolean isChanged(BuiltInPartitioner partitioner, StickyPartitionInfo partition) {
    try {
      return (boolean) IS_PARTITION_CHANGED.invokeExact(partitioner, partition);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** To be called with the partition's batches locked. */
  static void appended(
      BuiltInPartitioner partitioner,
      StickyPartitionInfo partition,
      int bytes,
      Cluster cluster,
      boolean maySwitch) {
    try {
      UPDATE_PARTITION.invokeExact(partitioner, partition, bytes, cluster, maySwitch);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static RuntimeException unexpected(Throwable failure) {
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  static VarHandle field(Class<?> owner, String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
          .findVarHandle(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle method(String name, Class<?> result, Class<?>... parameters) {
    Class<?> owner = BuiltInPartitioner.class;
    try {
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
          .findVirtual(owner, name, methodType(result, parameters));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
