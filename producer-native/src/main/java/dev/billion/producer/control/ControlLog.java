// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
 * The compacted topic that holds a fleet's course: one partition, one key, the last record counts
 * that is a course.
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
  private final java.util.function.Consumer<String> onForeign;
  private final AtomicLong toldOf = new AtomicLong(-1);

  /**
   * @param clientConfig of any Kafka client: addresses and security
   * @param topic the topic of the events that the fleet emits
   * @param onForeign told once of each record that is no course, and left out
   */
  public ControlLog(
      Map<String, ?> clientConfig, String topic, java.util.function.Consumer<String> onForeign) {
    this.clientConfig = clientConfig;
    this.partition = new TopicPartition(FleetTopics.control(topic), 0);
    this.transactionalId = partition.topic();
    this.onForeign = onForeign;
  }

  /**
   * The course that was set last, if one ever was.
   *
   * @throws SerializationException if there are records, and none is a course
   */
  public Optional<Course> read() {
    try (Consumer<String, byte[]> consumer = consumer()) {
      return readToEnd(consumer);
    }
  }

  /**
   * Sets the course that {@code change} makes of the present one, and returns it. The change is
   * made anew where another came before.
   *
   * @throws SerializationException if there are records, and none is a course
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
        if (e instanceof ApiException
            || e instanceof SerializationException
            || ++failures == MOST_FAILURES) {
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

  /** The last course among what a consumer polled, if there is one. */
  Optional<Course> last(Iterable<ConsumerRecord<String, byte[]>> records) {
    Optional<Course> course = Optional.empty();
    for (ConsumerRecord<String, byte[]> record : records) {
      Optional<Course> read = read(record);
      course = read.isPresent() ? read : course;
    }
    return course;
  }

  private Optional<Course> read(ConsumerRecord<String, byte[]> record) {
    try {
      return Optional.of(CourseJson.read(record.value()));
    } catch (RuntimeException e) {
      if (toldOf.getAndAccumulate(record.offset(), Math::max) < record.offset()) {
        onForeign.accept(
            "left out: the record at offset %d of topic '%s' is not a fleet's course"
                .formatted(record.offset(), record.topic()));
      }
      return Optional.empty();
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
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    while (consumer.position(partition) < end) {
      consumer.poll(POLL).forEach(records::add);
    }
    Optional<Course> course = last(records);
    if (course.isEmpty() && !records.isEmpty()) {
      // to open a run would leave those alone that follow the one whose course was overwritten
      throw new SerializationException(
          "no record of topic '%s' is a fleet's course".formatted(partition.topic()));
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
