// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.ReleasedSchemas;
import dev.billion.schemas.WireFormat;
import dev.billion.sink.decode.Defect;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.RecordDecoder;
import dev.billion.sink.decode.WriterSchemas;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.EveryType;
import dev.billion.sink.testing.HttpRegistry;
import dev.billion.sink.testing.Mutation;
import dev.billion.sink.testing.RandomValues;
import dev.billion.sink.testing.SameValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged records, a million of them, with Avro's own reader for a judge of every eighth: what the
 * sink takes for an event is what Avro reads, and what it refuses Avro cannot read, or a table not
 * hold.
 */
class FuzzTest {

  /** To repeat a failure: {@code -Dfuzz.seed=}, as its message has it. */
  private static final long SEED = Long.getLong("fuzz.seed", 20250301);

  private static final int RECORDS = 500_000;
  private static final int GOOD_RECORDS = 300;
  private static final int UNKNOWN = 99;

  /** Avro is slow, most of all to refuse. */
  private static final int RECORDS_PER_JUDGED = 8;

  /** What Avro lets pass: a promise that the record cannot keep, or what no table can hold. */
  private static final Pattern STRICTER =
      Pattern.compile(
          "(string that is not UTF-8|boolean of value|int of value|varint of|block of) .*"
              + "|(string|bytes) of -\\d+ bytes where .*" // it skips backwards
              + "|.* is not in the years 1 to 9999"
              + "|.* has more than the \\d+ digits of its column"
              + "|.* is a decimal of no bytes");

  @TempDir private Path directory;

  private final HttpRegistry registry = new HttpRegistry();
  private final Random random = new Random(SEED);

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  @Test
  void aDamagedUserEventIsAnEventOrADeadLetter() throws Exception {
    fuzz(EventLayout.USER_EVENT, ReleasedSchemas.userEvent());
  }

  @Test
  void aDamagedRecordOfAnyTypeIsAnEventOrADeadLetter() throws Exception {
    fuzz(new EventLayout(EveryType.SCHEMA), List.of(EveryType.SCHEMA, EveryType.OTHERWISE));
  }

  private void fuzz(EventLayout layout, List<Schema> writers) throws Exception {
    // Given
    byte[][] seeds = seeds(writers);
    int[] ids = {0, 1, UNKNOWN};
    Judge judge = new Judge(layout, writers);
    RecordDecoder decoder =
        new RecordDecoder(WriterSchemas.shared(registry.config(), layout), false);
    Configuration hadoop = new Configuration();
    EventFile events = EventFile.open(directory.resolve("events").toString(), 0, layout, 0, hadoop);
    DeadLetterFile deadLetters =
        new DeadLetterFile(directory.resolve("dead_letters").toString(), hadoop);

    // When
    for (int i = 0; i < RECORDS; i++) {
      byte[] value = Mutation.of(seeds, ids, random);
      ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("fuzz", 0, i, null, value);
      try {
        Defect defect = decoder.decode(value, 0);
        if (i % RECORDS_PER_JUDGED == 0) {
          judge.require(defect, decoder, value);
        }
        if (defect == null) {
          events.write(decoder.event(), record);
        } else {
          deadLetters.write(record, defect);
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("record %d of -Dfuzz.seed=%d".formatted(i, SEED), e);
      }
    }

    // Then
    long rows = events.close().rows();
    long dead = deadLetters.close().stream().mapToLong(DataFile::rows).sum();
    assertThat(rows + dead).as("rows of -Dfuzz.seed=%d", SEED).isEqualTo(RECORDS);
    assertThat(rows)
        .as("events of -Dfuzz.seed=%d", SEED)
        .isBetween(RECORDS / 10L, RECORDS * 9L / 10);
  }

  private byte[][] seeds(List<Schema> writers) {
    RandomValues values = new RandomValues(random);
    byte[][] seeds = new byte[GOOD_RECORDS][];
    for (int id = 0; id < writers.size(); id++) {
      registry.put(id, writers.get(id));
    }
    for (int i = 0; i < seeds.length; i++) {
      int id = i % writers.size();
      seeds[i] = Events.value(id, values.record(writers.get(id)));
    }
    return seeds;
  }

  /** Avro's reader. Its own limits, without which poison ends it, are set in the pom. */
  private static final class Judge {

    private final EventLayout layout;
    private final List<GenericDatumReader<GenericRecord>> readers;
    private BinaryDecoder in;

    Judge(EventLayout layout, List<Schema> writers) {
      this.layout = layout;
      this.readers =
          writers.stream()
              .map(writer -> new GenericDatumReader<GenericRecord>(writer, layout.schema()))
              .toList();
    }

    void require(Defect defect, RecordDecoder decoder, byte[] value) {
      if (defect == null) {
        GenericRecord avro = read(value);
        if (avro == null) {
          throw new AssertionError("Avro reads no record");
        }
        String difference = SameValue.difference(layout, decoder.event(), avro);
        if (difference != null) {
          throw new AssertionError(difference);
        }
      } else if (defect.reason() == DeadLetterReason.NOT_DECODABLE
          && !STRICTER.matcher(defect.detail()).matches()
          && read(value) != null) {
        throw new AssertionError("Avro reads what does not decode: " + defect);
      }
    }

    /** The record that a body is as a whole, null if it is none. */
    private GenericRecord read(byte[] value) {
      int length = value.length - WireFormat.HEADER_BYTES;
      try {
        in = DecoderFactory.get().binaryDecoder(value, WireFormat.HEADER_BYTES, length, in);
        GenericRecord record = readers.get(WireFormat.schemaId(value)).read(null, in);
        return in.isEnd() ? record : null;
      } catch (Exception e) { // of many kinds, as Avro does not expect poison
        return null;
      }
    }
  }
}
