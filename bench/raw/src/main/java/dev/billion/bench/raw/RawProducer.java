// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.raw;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A bare loop around {@link KafkaProducer#send}, on one thread, over ready-made values: what is
 * left of an emitter when nothing but Kafka's client remains.
 */
public final class RawProducer {

  private final Acknowledgements acknowledgements;
  private final Callback untimed;

  private RawProducer(Acknowledgements acknowledgements) {
    this.acknowledgements = acknowledgements;
    this.untimed =
        (metadata, trouble) -> {
          if (trouble == null) {
            acknowledgements.acknowledged();
          } else {
            acknowledgements.failed();
          }
        };
  }

  /** Takes the client's settings (a properties file), the topic, the values' file and how many. */
  public static void main(String[] arguments) throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      settings.load(reader);
    }
    byte[][] values = Payloads.read(Path.of(arguments[2]));
    long records = Long.parseLong(arguments[3]);
    Acknowledgements acknowledgements = new Acknowledgements(records);
    try (ProgressLines progress = new ProgressLines(acknowledgements::sent);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      new RawProducer(acknowledgements).send(producer, arguments[1], values, records);
      producer.flush();
    }
    System.out.println(acknowledgements.summary());
    System.exit(acknowledgements.errors() == 0 ? 0 : 1);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
  private void send(
      KafkaProducer<byte[], byte[]> producer, String topic, byte[][] values, long records) {
    int next = 0;
    for (long index = 0; index < records; index++) {
      producer.send(
          new ProducerRecord<>(topic, values[next]),
          acknowledgements.timed(index) ? timed(System.nanoTime()) : untimed);
      next = next + 1 == values.length ? 0 : next + 1;
    }
  }

  private Callback timed(long nanos) {
    return (metadata, trouble) -> {
      if (trouble == null) {
        acknowledgements.acknowledged(nanos);
      } else {
        acknowledgements.failed();
      }
    };
  }
}
