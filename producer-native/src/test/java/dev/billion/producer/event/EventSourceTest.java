// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.producer.run.Run;
import dev.billion.schemas.EventId;
import dev.billion.schemas.EventType;
import dev.billion.schemas.UserEvent;
import dev.billion.schemas.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSourceTest {

  private static final int SCHEMA_ID = 17;
  private static final long START_MILLIS = 1_750_000_000_000L;
  private static final int MANY = 100_000;
  private static final int GOLDEN = 427959967;

  private final Run run = new Run(START_MILLIS, 1, 64, Run.UNBOUNDED, 1_000_000);
  private final EventSource source = new EventSource(run);
  private final Event event = new Event();

  @Test
  void sameRunGivesTheSameBytesInAnyOrder() {
    // Given
    EventSource other = new EventSource(new Run(START_MILLIS, 1, 64, 10, 1_000_000));
    byte[][] forwards = new byte[1000][];
    for (int i = 0; i < 1000; i++) {
      forwards[i] = value(source, i);
    }

    // When
    byte[][] backwards = new byte[1000][];
    for (int i = 999; i >= 0; i--) {
      backwards[i] = value(other, i);
    }

    // Then
    assertThat(backwards).isDeepEqualTo(forwards);
  }

  @Test
  void bytesOfAnEventStayTheSameFromReleaseToRelease() {
    assertThat(Arrays.hashCode(value(source, 123_456_789))).isEqualTo(GOLDEN);
  }

  @Test
  void anotherSeedGivesOtherContentsForTheSameIds() {
    // Given
    EventSource other = new EventSource(new Run(START_MILLIS, 2, 64, Run.UNBOUNDED, 1_000_000));

    // When
    byte[] one = value(source, 5);
    byte[] two = value(other, 5);

    // Then
    assertThat(two).isNotEqualTo(one);
    assertThat(EventId.read(two, WireFormat.HEADER_BYTES))
        .isEqualTo(EventId.read(one, WireFormat.HEADER_BYTES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1:1", "v2:1"})
  void bytesAreThoseOfAvrosOwnEncoder(SchemaMix mix) throws IOException {
    EventSource mixed =
        new EventSource(
            new Run(
                START_MILLIS,
                1,
                64,
                Run.UNBOUNDED,
                1_000_000,
                new Awkward(Lateness.NONE, Share.NONE, Keys.NONE, mix)));
    for (long index = 0; index < MANY; index++) {
      mixed.read(index, event);
      assertThat(new EventEncoder().encode(SCHEMA_ID, event)).isEqualTo(byAvro(event));
    }
    assertThat(event.getSchema()).isEqualTo(EventSchemas.version(mix.newest()));
  }

  @Test
  void generatedClassReadsEveryEvent() throws IOException {
    SpecificDatumReader<UserEvent> reader = new SpecificDatumReader<>(UserEvent.class);
    for (long index = 0; index < 1000; index++) {
      // When
      byte[] value = value(source, index);
      UserEvent read =
          reader.read(
              null,
              DecoderFactory.get()
                  .binaryDecoder(
                      value,
                      WireFormat.HEADER_BYTES,
                      value.length - WireFormat.HEADER_BYTES,
                      null));

      // Then
      assertThat(read.getEventId())
          .isEqualTo(new EventId(run.id(), (int) (index % 64), index / 64).toUuid());
      assertThat(ChronoUnit.MICROS.between(Instant.EPOCH, read.getEventTime()))
          .isEqualTo(START_MILLIS * 1000 + index);
      assertThat(read.getSessionId()).matches("[0-9a-f]{16}");
      assertThat(read.getPage()).startsWith("/" + read.getCategory() + "/");
      boolean purchase = read.getEventType() == EventType.PURCHASE;
      assertThat(read.getAmountCents() != null).isEqualTo(purchase);
      assertThat(read.getCurrency() != null).isEqualTo(purchase);
    }
  }

  @Test
  void recordsAreOfTheSizeOfTheContract() {
    // When
    long bytes = 0;
    for (long index = 0; index < MANY; index++) {
      bytes += value(source, index).length;
    }

    // Then
    assertThat((double) bytes / MANY).isBetween(105.0, 115.0);
  }

  @Test
  void contentsAreSkewedAsInAShop() {
    // When
    Map<String, Integer> regions = new HashMap<>();
    Map<Long, Integer> users = new HashMap<>();
    Set<String> sessions = new HashSet<>();
    int purchases = 0;
    for (long index = 0; index < MANY; index++) {
      source.read(index, event);
      regions.merge(event.region.value().toString(), 1, Integer::sum);
      users.merge(event.userId, 1, Integer::sum);
      sessions.add(event.sessionId.toString());
      purchases += event.type == EventType.PURCHASE ? 1 : 0;
    }

    // Then
    assertThat(regions).hasSize(9);
    assertThat(regions.get("us-east") / (double) MANY).isBetween(0.27, 0.29);
    assertThat(purchases / (double) MANY).isBetween(0.015, 0.021);
    // rank 0 of 10M users at density rank^-0.75: (1/10M)^(1/4) = 1.8% of the events
    assertThat(users.get(0L) / (double) MANY).isBetween(0.016, 0.020);
    assertThat(users.size()).isBetween(80_000, 90_000);
    assertThat(sessions.size()).isEqualTo(users.size());
  }

  private byte[] value(EventSource from, long index) {
    from.read(index, event);
    return new EventEncoder().encode(SCHEMA_ID, event);
  }

  private static byte[] byAvro(Event event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] header = new byte[WireFormat.HEADER_BYTES];
    WireFormat.writeHeader(header, SCHEMA_ID);
    bytes.write(header);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<Event>(event.getSchema()).write(event, encoder);
    return bytes.toByteArray();
  }
}
