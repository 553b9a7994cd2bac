// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import dev.billion.producer.append.OpenBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.CompressionRatioEstimator;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records appended to a producer's open batch, with a real broker. */
class OpenBatchIT {

  private static final int RECORDS = 20_000;
  private static final LocalStack STACK = SharedStack.with(1, "open-batch-none");

  /**
   * A producer draws each next partition by chance, and by default those that are faster more
   * often: some 600 draws instead of 40, all alike, so that each has its share.
   */
  private static final Map<String, Object> UNIFORM_IN_SMALL_BATCHES =
      Map.of(
          ProducerConfig.BATCH_SIZE_CONFIG,
          1_024,
          ProducerConfig.PARTITIONER_ADPATIVE_PARTITIONING_ENABLE_CONFIG,
          false);

  @ParameterizedTest
  @ValueSource(strings = {"none", "lz4", "zstd"})
  void recordsArriveInOrderAndEachIsToldOfItsOwnOffset(String codec) {
    // Given
    String topic = "open-batch-" + codec;
    SharedStack.with(1, topic);
    Numbers numbers = new Numbers(0, RECORDS);

    // When
    int sends;
    try (KafkaProducer<String, Integer> producer = producer(Map.of("compression.type", codec))) {
      sends = send(producer, topic, numbers);
    }

    // Then
    assertThat(sends).isLessThan(RECORDS / 50);
    assertThat(numbers.failures).isEmpty();
    assertThat(numbers.offsets)
        .hasSize(RECORDS)
        .allSatisfy((number, offset) -> assertThat(offset).isEqualTo((long) number));
    assertThat(values(topic)).containsExactlyElementsOf(texts(0, RECORDS));
  }

  @Test
  void everyPartitionGetsItsShare() {
    // Given
    String topic = "open-batch-spread";
    SharedStack.with(3, topic);

    // When
    try (KafkaProducer<String, Integer> producer = producer(UNIFORM_IN_SMALL_BATCHES)) {
      send(producer, topic, new Numbers(0, RECORDS));
    }

    // Then
    Map<Integer, Long> shares =
        TopicReader.readAll(STACK.bootstrap(), topic).stream()
            .collect(groupingBy(ConsumerRecord::partition, counting()));
    assertThat(shares.values().stream().mapToLong(share -> share).sum()).isEqualTo(RECORDS);
    assertThat(shares)
        .containsOnlyKeys(0, 1, 2)
        .allSatisfy((partition, share) -> assertThat(share).isGreaterThan(RECORDS / 10));
  }

  @Test
  void whatATransactionUndoesIsNotSeenAndWhatItCommitsIs() {
    // Given
    String topic = "open-batch-transaction";
    SharedStack.with(1, topic);
    Numbers undone = new Numbers(0, 1_000);

    // When
    try (KafkaProducer<String, Integer> producer =
        producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic))) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, topic, undone);
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, topic, new Numbers(1_000, 3_000));
      producer.commitTransaction();
    }

    // Then
    assertThat(undone.offsets.size() + undone.failures.size()).isEqualTo(1_000);
    assertThat(values(topic)).containsExactlyElementsOf(texts(1_000, 3_000));
  }

  @Test
  void oneCallbackOfManyRecordsIsCalledForEachInTheirOrderThoughTheirBatchIsSplit() {
    // Given: a topic that takes batches of the size that is set, whose estimate is far too low
    String topic = "open-batch-split";
    SharedStack.with(new Topic(topic, 1, Map.of("max.message.bytes", "21000")));
    CompressionRatioEstimator.setEstimation(topic, CompressionType.LZ4, 0.3f);
    Random random = new Random(1);
    Texts texts =
        new Texts(Stream.generate(() -> Long.toHexString(random.nextLong())).limit(1_500).toList());
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG,
            20_000,
            ProducerConfig.LINGER_MS_CONFIG,
            60_000);

    // When
    double splits;
    try (KafkaProducer<String, String> producer = producer(settings, new StringSerializer())) {
      OpenBatch<String> open = OpenBatch.of(producer, topic);
      while (texts.hasNext()) {
        open.append(texts);
        if (texts.hasNext()) {
          producer.send(new ProducerRecord<>(topic, texts.value()), texts.ofOne());
        }
      }
      producer.flush();
      splits = metric(producer, "batch-split-total");
    }

    // Then
    assertThat(splits).isPositive();
    assertThat(texts.appended).isEqualTo(1_499);
    assertThat(texts.told).isEqualTo(IntStream.range(0, 1_500).boxed().toList());
    assertThat(texts.failures).isEmpty();
    assertThat(values(topic)).containsExactlyElementsOf(texts.all);
  }

  @Test
  void valuesOfAnyLengthArriveAsTheyAre() {
    // Given
    String topic = "open-batch-lengths";
    SharedStack.with(1, topic);
    Texts texts =
        new Texts(
            IntStream.of(3, 0, 63, 64, 16_356, 16_357, 16_384, 40_000, 1, 8_191, 8_192, 50_000)
                .mapToObj("x"::repeat)
                .toList());

    // When
    try (KafkaProducer<String, String> producer =
        producer(Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 200_000), new StringSerializer())) {
      OpenBatch<String> open = OpenBatch.of(producer, topic);
      producer.send(new ProducerRecord<>(topic, texts.value()), texts.ofOne());
      open.append(texts);
    }

    // Then
    assertThat(texts.appended).isEqualTo(texts.all.size() - 1);
    assertThat(texts.failures).isEmpty();
    assertThat(values(topic)).containsExactlyElementsOf(texts.all);
  }

  @Test
  void aRecordHasTheHeadersThatTheSerializerGaveItAndNoOthers() {
    // Given
    String topic = "open-batch-headers";
    SharedStack.with(1, topic);

    // When
    try (KafkaProducer<String, Integer> producer = producer(Map.of())) {
      send(producer, topic, new Numbers(0, 100));
    }

    // Then
    assertThat(TopicReader.readAll(STACK.bootstrap(), topic))
        .hasSize(100)
        .allSatisfy(
            record ->
                assertThat(List.of(record.headers().toArray()))
                    .hasSize(1)
                    .allMatch(header -> header.key().equals(new String(record.value(), UTF_8))));
  }

  @Test
  void aRecordThatCannotBeEncodedLeavesThoseBeforeItAndCanBePassedOver() {
    // Given
    String topic = "open-batch-unencodable";
    SharedStack.with(1, topic);
    Numbers before = new Numbers(0, 10);
    Numbers after = new Numbers(11, 20);

    // When: the batch is open until the producer is closed
    try (KafkaProducer<String, Integer> producer =
        producer(Map.of(ProducerConfig.LINGER_MS_CONFIG, 60_000))) {
      OpenBatch<Integer> open = OpenBatch.of(producer, topic);
      send(producer, topic, before);
      Numbers impossible = new Numbers(Decimal.IMPOSSIBLE, Decimal.IMPOSSIBLE + 1);
      assertThatThrownBy(() -> open.append(impossible)).isInstanceOf(SerializationException.class);
      open.append(after);
    }

    // Then
    assertThat(values(topic))
        .containsExactlyElementsOf(
            Stream.concat(texts(0, 10).stream(), texts(11, 20).stream()).toList());
    assertThat(TopicReader.readAll(STACK.bootstrap(), topic))
        .allMatch(record -> record.headers().toArray().length == 1);
  }

  static List<Map<String, Object>> settingsThatNeedSend() {
    return List.of(
        Map.of(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, Interceptor.class.getName()),
        Map.of(ProducerConfig.PARTITIONER_CLASS_CONFIG, RoundRobinPartitioner.class.getName()),
        Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1_000),
        Map.of(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false));
  }

  @ParameterizedTest
  @MethodSource("settingsThatNeedSend")
  void thereIsNoneWhereSendDoesMoreToEachRecord(Map<String, Object> settings) {
    try (KafkaProducer<String, Integer> producer = producer(settings)) {
      assertThat(OpenBatch.of(producer, "any")).isNull();
    }
  }

  @Test
  void thereIsNoneOfAProducerThatIsNotKafkasOwn() {
    try (MockProducer<String, Integer> producer = new MockProducer<>()) {
      assertThat(OpenBatch.of(producer, "any")).isNull();
    }
  }

  /** Sends all of them, and says for how many of them it took {@code send}. */
  private static int send(KafkaProducer<String, Integer> producer, String topic, Numbers numbers) {
    OpenBatch<Integer> open = OpenBatch.of(producer, topic);
    int sends = 0;
    while (numbers.hasNext()) {
      open.append(numbers);
      if (numbers.hasNext()) {
        producer.send(new ProducerRecord<>(topic, numbers.value()), numbers.callback());
        numbers.advance();
        sends++;
      }
    }
    return sends;
  }

  private static KafkaProducer<String, Integer> producer(Map<String, Object> settings) {
    return producer(settings, new Decimal());
  }

  private static <V> KafkaProducer<String, V> producer(
      Map<String, Object> settings, Serializer<V> values) {
    Map<String, Object> config = new HashMap<>(settings);
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, STACK.bootstrap());
    config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 50);
    return new KafkaProducer<>(config, new StringSerializer(), values);
  }

  private static double metric(KafkaProducer<?, ?> producer, String name) {
    return producer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals(name))
        .mapToDouble(metric -> (double) metric.metricValue())
        .sum();
  }

  private static List<String> values(String topic) {
    return TopicReader.readAll(STACK.bootstrap(), topic).stream()
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }

  private static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  /** Numbers in their order, and what became of them. */
  private static final class Numbers implements OpenBatch.Records<Integer> {

    private final Map<Integer, Long> offsets = new HashMap<>();
    private final List<Exception> failures = new ArrayList<>();
    private final int end;
    private int next;

    Numbers(int from, int end) {
      this.next = from;
      this.end = end;
    }

    @Override
    public boolean hasNext() {
      return next < end;
    }

    @Override
    public Integer value() {
      return next;
    }

    @Override
    public Callback callback() {
      int number = next;
      return (metadata, failure) -> {
        if (failure == null) {
          offsets.put(number, metadata.offset());
        } else {
          failures.add(failure);
        }
      };
    }

    @Override
    public void advance() {
      next++;
    }
  }

  /** Texts in their order, of which those that are appended have one callback. */
  private static final class Texts implements OpenBatch.Records<String> {

    private final List<String> all;
    private final List<Integer> told = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();
    private Callback run;
    private int next;
    private int appended;

    Texts(List<String> all) {
      this.all = all;
    }

    @Override
    public boolean hasNext() {
      return next < all.size();
    }

    @Override
    public String value() {
      return all.get(next);
    }

    @Override
    public Callback callback() {
      if (run == null) {
        AtomicInteger number = new AtomicInteger(next);
        run = (metadata, failure) -> tell(number.getAndIncrement(), failure);
      }
      return run;
    }

    @Override
    public void advance() {
      appended++;
      next++;
    }

    /** Of the next one, which is then sent; those after it are told of anew. */
    Callback ofOne() {
      run = null;
      int number = next++;
      return (metadata, failure) -> tell(number, failure);
    }

    private void tell(int number, Exception failure) {
      told.add(number);
      if (failure != null) {
        failures.add(failure);
      }
    }
  }

  /** A number as text, which is a header's key, too. */
  private static final class Decimal implements Serializer<Integer> {

    private static final int IMPOSSIBLE = -1;

    @Override
    public byte[] serialize(String topic, Integer number) {
      throw new UnsupportedOperationException("without headers");
    }

    @Override
    public byte[] serialize(String topic, Headers headers, Integer number) {
      String text = number.toString();
      headers.add(text, new byte[0]);
      if (number == IMPOSSIBLE) {
        throw new SerializationException("not a number of ours: " + number);
      }
      return text.getBytes(UTF_8);
    }
  }

  /** Does nothing, which the producer cannot know. */
  public static final class Interceptor implements ProducerInterceptor<String, Integer> {

    @Override
    public ProducerRecord<String, Integer> onSend(ProducerRecord<String, Integer> record) {
      return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
  }
}
