// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import dev.billion.local.LocalStack;
import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker and registry, which all integration tests share and which end with the JVM. */
public final class Stack {

  private static final LocalStack RUNNING = LocalStack.builder().start();

  private Stack() {}

  public static LocalStack running() {
    return RUNNING;
  }

  public static void createTopic(String topic, int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  public static int register(String subject, Schema schema) {
    return new RegistryClient(RegistryConfig.of(RUNNING.registryUrl(), Duration.ofSeconds(10)))
        .register(subject, schema);
  }

  public static boolean exists(String topic) throws Exception {
    try (Admin admin = admin()) {
      return admin.listTopics().names().get().contains(topic);
    }
  }

  /** Sends values in order, spread over the partitions. */
  public static void send(String topic, Iterable<byte[]> values) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                RUNNING.bootstrap(),
                ProducerConfig.LINGER_MS_CONFIG,
                "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      int partitions = producer.partitionsFor(topic).size();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (byte[] value : values) {
        sent.add(producer.send(new ProducerRecord<>(topic, sent.size() % partitions, null, value)));
      }
      for (Future<RecordMetadata> acknowledgement : sent) {
        acknowledgement.get();
      }
    }
  }

  /** Deletes the records of partition 0 before an offset, as retention would. */
  public static void expire(String topic, long before) throws Exception {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
          .all()
          .get();
    }
  }

  /** The end of each partition. */
  public static Map<TopicPartition, Long> ends(String topic, int partitions) throws Exception {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      for (int i = 0; i < partitions; i++) {
        latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
      }
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin.listOffsets(latest).all().get().forEach((p, info) -> ends.put(p, info.offset()));
      return ends;
    }
  }

  /** The offsets that a group has committed. */
  public static Map<TopicPartition, Long> committed(String group)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
      return offsets;
    }
  }

  /**
   * The arguments of a sink on this stack, whose group is named like its topic.
   *
   * @param more further options, each with its value; they replace the usual ones
   */
  public static List<String> args(String command, String topic, Path directory, String... more) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--bootstrap", RUNNING.bootstrap());
    options.put("--registry", RUNNING.registryUrl());
    options.put("--topic", topic);
    options.put("--group", topic);
    options.put("--table", directory.resolve("events").toString());
    options.put("--checkpoint", directory.resolve("cp").toString());
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    List<String> args = new ArrayList<>(List.of(command, "--json"));
    options.forEach((name, value) -> args.addAll(List.of(name, value)));
    return args;
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", RUNNING.bootstrap()));
  }
}
