// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends empty records, and speaks like the producer. */
public final class StandInProducer {

  private StandInProducer() {}

  public static void main(String[] arguments) throws Exception {
    if (Boolean.getBoolean("fails")) {
      System.err.println("error: registry not reachable");
      System.exit(1);
    }
    List<String> options = List.of(arguments);
    long records = Long.parseLong(options.get(options.indexOf("--records") + 1));
    String bootstrap = options.get(options.indexOf("--bootstrap") + 1);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
      for (long sent = 0; sent < records; sent++) {
        acknowledgements.add(producer.send(new ProducerRecord<>(Programs.TOPIC, new byte[0])));
      }
      for (Future<RecordMetadata> acknowledgement : acknowledgements) {
        acknowledgement.get();
      }
    }
    System.err.printf("{\"progress\":\"produce\",\"sent\":%d}%n", records);
    System.out.printf(
        "{\"run\":\"0193a5c1f2aa\",\"records\":%d,\"records_per_second\":1000.0}%n", records);
  }
}
