// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.producer.run.Run;
import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.WireFormat;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoisonTest {

  private static final int SCHEMA_ID = 17;
  private static final int SHARDS = 64;
  private static final int MANY = 100_000;

  @ParameterizedTest
  @CsvSource({"0.01%, 10", "0.1%, 100", "3%, 3000", "37%, 37000", "100%, 100000"})
  void thereAreAsManyAsTheShareSaysOfAllKindsInTurn(Share share, int poison) {
    // When
    List<DeadLetterReason> kinds = new ArrayList<>();
    Poison source = source(1, share).poison();
    for (long index = 0; index < MANY; index++) {
      Event event = source.after((int) (index % SHARDS), index / SHARDS);
      if (event != null) {
        kinds.add(event.damage);
      }
    }

    // Then
    assertThat(kinds).hasSize(poison);
    for (int nth = 0; nth < poison; nth++) {
      assertThat(kinds.get(nth)).isEqualTo(Poison.KINDS.get(nth % 6));
    }
  }

  @Test
  void itIsInTheSamePlacesInAnyOrderAndElsewhereForAnotherSeed() {
    List<Long> places = places(1, false);
    assertThat(places(1, true)).containsExactlyInAnyOrderElementsOf(places);
    assertThat(places(2, false)).hasSameSizeAs(places).isNotEqualTo(places);
  }

  @ParameterizedTest
  @CsvSource({"0%", "0.01%", "0.1%", "37%", "100%"})
  void itsNumberIsKnownFromHowFarEachShardIs(Share share) {
    // Given
    EventSource source = source(1, share);
    Random random = new Random(share.billionths());
    long[] next = random.longs(SHARDS, 0, 3000).toArray();

    // When
    long count = 0;
    for (int shard = 0; shard < SHARDS && !share.isNone(); shard++) {
      Poison poison = source.poison();
      for (long sequence = 0; sequence < next[shard]; sequence++) {
        count += poison.after(shard, sequence) == null ? 0 : 1;
      }
    }

    // Then
    assertThat(Poison.countBelow(source.run(), next)).isEqualTo(count);
    assertThat(Poison.countBelow(source.run(), new long[SHARDS])).isZero();
  }

  @Test
  void itIsOfTheEventItFollows() {
    EventSource source = source(1, Share.parse("100%"));
    Event event = new Event();
    source.read(3, 7, event);
    Event poison = source.poison().after(3, 7);
    assertThat(poison.isPoison()).isTrue();
    assertThat(event.isPoison()).isFalse();
    assertThat(new EventEncoder().encode(SCHEMA_ID, poison))
        .isEqualTo(new EventEncoder().encode(SCHEMA_ID, event));
  }

  @Test
  void everyReaderFindsWhatIsWrong() throws IOException {
    // Given
    EventSource source = source(1, Share.parse("100%"));
    Poison poison = source.poison();
    Map<DeadLetterReason, Integer> found = new EnumMap<>(DeadLetterReason.class);

    for (long index = 0; index < 10_000; index++) {
      // When
      Event event = poison.after((int) (index % SHARDS), index / SHARDS);
      byte[] value = new EventEncoder().encode(SCHEMA_ID, event);
      byte[] before = value.clone();
      byte[] damaged = Poison.damaged(event, value);

      // Then
      DeadLetterReason reason = reason(damaged, event.getSchema());
      assertThat(reason).isEqualTo(event.damage);
      assertThat(value).isEqualTo(before);
      found.merge(reason, 1, Integer::sum);
    }
    assertThat(found)
        .containsOnlyKeys(Poison.KINDS)
        .allSatisfy((kind, n) -> assertThat(n).isGreaterThan(1600));
  }

  @Test
  void noBeginningOfABodyDecodes() {
    EventSource source = source(1, Share.NONE);
    Event event = new Event();
    for (long index = 0; index < 1000; index++) {
      source.read(index, event);
      byte[] value = new EventEncoder().encode(SCHEMA_ID, event);
      for (int length = WireFormat.HEADER_BYTES; length < value.length; length++) {
        byte[] cut = Arrays.copyOf(value, length);
        assertThatThrownBy(() -> bytesLeft(cut, event.getSchema()))
            .isInstanceOf(EOFException.class);
      }
    }
  }

  /**
   * What a reader that knows the schemas of this run finds, in the order in which the sink looks.
   */
  private static DeadLetterReason reason(byte[] value, Schema schema) throws IOException {
    DeadLetterReason defect = WireFormat.defect(value);
    if (defect != null) {
      return defect;
    }
    if (WireFormat.schemaId(value) != SCHEMA_ID) {
      assertThat(WireFormat.schemaId(value)).isEqualTo(Integer.MAX_VALUE);
      return DeadLetterReason.UNKNOWN_SCHEMA_ID;
    }
    try {
      return bytesLeft(value, schema) > 0 ? DeadLetterReason.TRAILING_BYTES : null;
    } catch (EOFException e) {
      return DeadLetterReason.NOT_DECODABLE;
    }
  }

  private static int bytesLeft(byte[] value, Schema schema) throws IOException {
    BinaryDecoder body =
        DecoderFactory.get()
            .binaryDecoder(
                value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, null);
    new GenericDatumReader<>(schema).read(null, body);
    return body.inputStream().available();
  }

  private static List<Long> places(long seed, boolean backwards) {
    Poison poison = source(seed, Share.parse("1%")).poison();
    List<Long> places = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      long index = backwards ? MANY - 1 - i : i;
      if (poison.after((int) (index % SHARDS), index / SHARDS) != null) {
        places.add(index);
      }
    }
    return places;
  }

  private static EventSource source(long seed, Share poison) {
    Awkward awkward = new Awkward(Lateness.NONE, poison, Keys.NONE, SchemaMix.parse("v1:50,v2:50"));
    return new EventSource(
        new Run(1_750_000_000_000L, seed, SHARDS, Run.UNBOUNDED, 1_000_000, awkward));
  }
}
