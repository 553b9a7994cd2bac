// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The compacted topic that holds a fleet's course: one partition, one key, the last record counts.
 *
 * <p>A change reads the course and writes the next one in a transaction whose id all writers share.
 * To begin one fences whoever began before, so of two that read the same course only one can
 * commit, and the other reads again: compare-and-set, with no coordinator but Kafka's own.
 */
public final class ControlLog {

  private static final String KEY = "course";
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MOST_FAILURES = 5;

  private final Map<String, ?> clientConfig;
  private final TopicPartition partition;
  private final String transactionalId;

  /**
   * @param clientConfig of any Kafka client: addresses and security
   * @param topic the topic of the events that the fleet emits
   */
  public ControlLog(Map<String, ?> clientConfig, String topic) {
    this.clientConfig = clientConfig;
    this.partition = new TopicPartition(FleetTopics.control(topic), 0);
    this.transactionalId = partition.topic();
  }

  /** The course that was set last. */
  public Optional<Course> read() {
    try (Consumer<String, byte[]> consumer = consumer()) {
      return readToEnd(consumer);
    }
  }

  /**
   * Sets the course that {@code change} makes of the present one, and returns it. The change is
   * made anew where another came before.
   */
  public Course update(UnaryOperator<Optional<Course>> change) {
    int failures = 0;
    while (true) {
      try (Producer<String, byte[]> producer = producer();
          Consumer<String, byte[]> consumer = consumer()) {
        producer.initTransactions();
        Optional<Course> present = readToEnd(consumer);
        Optional<Course> next = change.apply(present);
        if (!next.equals(present)) {
          producer.beginTransaction();
          write(producer, next.orElseThrow());
          producer.commitTransaction();
        }
        return next.orElseThrow();
      } catch (ProducerFencedException
          | InvalidProducerEpochException
          | InvalidTxnStateException e) {
        // another has written in between: read what it wrote
      } catch (KafkaException e) {
        // a commit while another begins is, to Kafka 4.3, an unexpected error: read what became of
        // it
        if (e instanceof ApiException || ++failures == MOST_FAILURES) {
          throw e;
        }
      }
    }
  }

  /** A consumer at the topic's beginning; the caller polls and closes it. */
  Consumer<String, byte[]> consumer() {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.keySet().retainAll(ConsumerConfig.configNames());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "control");
    config.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
    Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    return consumer;
  }

  /**
   * The last course among what a consumer polled, if there is one.
   *
   * @throws SerializationException if a record is none
   */
  static Optional<Course> last(Iterable<ConsumerRecord<String, byte[]>> records) {
    Course course = null;
    for (ConsumerRecord<String, byte[]> record : records) {
      course = read(record);
    }
    return Optional.ofNullable(course);
  }

  private static Course read(ConsumerRecord<String, byte[]> record) {
    try {
      return CourseJson.read(record.value());
    } catch (RuntimeException e) {
      throw new SerializationException(
          "the record at offset %d of topic '%s' is not a fleet's course"
              .formatted(record.offset(), record.topic()),
          e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where the record does
  private void write(Producer<String, byte[]> producer, Course course) {
    producer.send(
        new ProducerRecord<>(
            partition.topic(), partition.partition(), KEY, CourseJson.write(course)));
  }

  private Optional<Course> readToEnd(Consumer<String, byte[]> consumer) {
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    Optional<Course> course = Optional.empty();
    while (consumer.position(partition) < end) {
      Optional<Course> read = last(consumer.poll(POLL));
      course = read.isPresent() ? read : course;
    }
    return course;
  }

  private Producer<String, byte[]> producer() {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.keySet().retainAll(ProducerConfig.configNames());
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "control");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }
}
