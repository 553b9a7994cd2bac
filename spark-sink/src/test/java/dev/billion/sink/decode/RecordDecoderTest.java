// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.EventId;
import dev.billion.schemas.UserEvent;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.HttpRegistry;
import dev.billion.sink.testing.Schemas;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDecoderTest {

  private static final int ID = 7;
  private static final StructType COLUMNS = EventLayout.columns();

  private final HttpRegistry registry = new HttpRegistry();
  private final RecordDecoder decoder = decoder(Map.of(ID, UserEvent.getClassSchema()));

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 9})
  void anEventReadsAsAvroWroteIt(long sequence) {
    UserEvent event = Events.event(5, 6, sequence);

    InternalRow row = decodeEvent(decoder, Events.value(ID, event));

    assertThat(row.getBinary(column("event_id"))).isEqualTo(new EventId(5, 6, sequence).toBytes());
    assertThat(row.getLong(column("event_time")))
        .isEqualTo(event.getEventTime().toEpochMilli() * 1_000);
    assertThat(row.getLong(column("user_id"))).isEqualTo(event.getUserId());
    assertThat(text(row, "session_id")).isEqualTo(event.getSessionId());
    assertThat(text(row, "event_type")).isEqualTo(event.getEventType().name());
    assertThat(text(row, "category")).isEqualTo(event.getCategory());
    assertThat(text(row, "region")).isEqualTo(event.getRegion());
    assertThat(text(row, "device")).isEqualTo(event.getDevice().name());
    assertThat(text(row, "page")).isEqualTo(event.getPage());
    assertThat(text(row, "referrer")).isEqualTo(event.getReferrer());
    assertThat(text(row, "currency")).isEqualTo(event.getCurrency());
    assertThat(row.isNullAt(column("amount_cents"))).isEqualTo(event.getAmountCents() == null);
  }

  @Test
  void anEventAfterPoisonIsUntouchedByIt() {
    byte[] value = Events.value(ID, Events.event(1, 2, 9));
    reason(decoder, Arrays.copyOf(value, value.length - 1));

    InternalRow row = decodeEvent(decoder, value);

    assertThat(row.getLong(column("amount_cents"))).isEqualTo(1_999);
  }

  @Test
  void whatIsNoRecordOfTheWireFormatIsNamed() {
    assertThat(reason(decoder, null)).isEqualTo(DeadLetterReason.NULL_VALUE);
    assertThat(reason(decoder, new byte[0])).isEqualTo(DeadLetterReason.TOO_SHORT);
    assertThat(reason(decoder, new byte[] {0, 0, 0, 0})).isEqualTo(DeadLetterReason.TOO_SHORT);
    assertThat(reason(decoder, new byte[] {1, 0, 0, 0, 7})).isEqualTo(DeadLetterReason.BAD_MAGIC);
    assertThat(reason(decoder, new byte[] {0, 0, 0, 0, 8}))
        .isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA_ID);
  }

  @Test
  void aBodyThatIsCutOrTooLongIsNamed() {
    byte[] value = Events.value(ID, Events.event(1, 2, 3));

    assertThat(reason(decoder, Arrays.copyOf(value, value.length - 1)))
        .isEqualTo(DeadLetterReason.NOT_DECODABLE);
    assertThat(reason(decoder, Arrays.copyOf(value, value.length + 1)))
        .isEqualTo(DeadLetterReason.TRAILING_BYTES);
  }

  @ParameterizedTest
  @CsvSource({
    "0000-12-31T23:59:59.999999Z, NOT_DECODABLE",
    "0001-01-01T00:00:00Z,",
    "9999-12-31T23:59:59.999999Z,",
    "+10000-01-01T00:00:00Z, NOT_DECODABLE"
  })
  void aTimeThatATableCannotHoldIsADeadLetter(Instant time, DeadLetterReason reason) {
    UserEvent event = Events.event(1, 2, 3);
    event.put("event_time", time);

    assertThat(reason(decoder, Events.value(ID, event))).isEqualTo(reason);
  }

  @Test
  void aFieldOfALaterSchemaIsSkipped() {
    Schema later =
        Schemas.with(
            "{\"name\":\"extra\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"default\":[]}");
    var record = Schemas.copy(Events.event(1, 2, 9), later);
    record.put("extra", List.of("a", "b"));

    InternalRow row = decodeEvent(decoder(Map.of(ID, later)), Events.value(ID, record));

    assertThat(text(row, "currency")).isEqualTo("EUR");
  }

  @Test
  void aFieldThatAnOlderSchemaLacksHasItsDefault() {
    Schema older = Schemas.without("referrer");
    var record = Schemas.copy(Events.event(1, 2, 9), older);

    InternalRow row = decodeEvent(decoder(Map.of(ID, older)), Events.value(ID, record));

    assertThat(row.isNullAt(column("referrer"))).isTrue();
    assertThat(text(row, "currency")).isEqualTo("EUR");
  }

  @Test
  void anUnknownSymbolReadsAsUnknown() {
    Schema later = Schemas.withSymbol("device", "FRIDGE");
    var record = Schemas.copy(Events.event(1, 2, 3), later);
    record.put("device", Schemas.symbol(later, "device", "FRIDGE"));

    InternalRow row = decodeEvent(decoder(Map.of(ID, later)), Events.value(ID, record));

    assertThat(text(row, "device")).isEqualTo("UNKNOWN");
  }

  @Test
  void aSchemaThatCannotBeReadAsTheEventIsNamed() {
    RecordDecoder incompatible = decoder(Map.of(ID, Schemas.without("user_id")));

    assertThat(reason(incompatible, Events.value(ID, Events.event(1, 2, 3))))
        .isEqualTo(DeadLetterReason.INCOMPATIBLE_SCHEMA);
  }

  @Test
  void aTimeInAnotherUnitIsNotTakenForMicroseconds() {
    RecordDecoder milliseconds = decoder(Map.of(ID, Schemas.inMilliseconds("event_time")));

    assertThat(reason(milliseconds, Events.value(ID, Events.event(1, 2, 3))))
        .isEqualTo(DeadLetterReason.INCOMPATIBLE_SCHEMA);
  }

  @Test
  void schemasMayAlternateFromRecordToRecord() {
    Schema older = Schemas.without("referrer");
    RecordDecoder both = decoder(Map.of(ID, UserEvent.getClassSchema(), 8, older));

    for (int i = 0; i < 100; i++) {
      UserEvent event = Events.event(1, 2, 2L * i + 1);
      byte[] value =
          i % 2 == 0 ? Events.value(ID, event) : Events.value(8, Schemas.copy(event, older));
      assertThat(decodeEvent(both, value).isNullAt(column("referrer"))).isEqualTo(i % 2 == 1);
    }
  }

  @Test
  void mutatedRecordsBecomeAnEventOrAReasonAndNothingElse() {
    Random random = new Random(20250301);
    Schema hard =
        Schemas.with(
            "{\"name\":\"extra\",\"type\":{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":\"null\"}},\"default\":{}}");
    RecordDecoder both = decoder(Map.of(ID, UserEvent.getClassSchema(), 8, hard));
    var extra = Schemas.copy(Events.event(1, 2, 9), hard);
    extra.put("extra", Map.of("k", Arrays.asList(null, null)));
    byte[][] seeds = {
      Events.value(ID, Events.event(1, 2, 8)),
      Events.value(ID, Events.event(1, 2, 9)),
      Events.value(8, extra)
    };
    int events = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] value = Mutation.of(seeds[random.nextInt(seeds.length)], random);
      InternalRow result = both.decode(value, 0);
      assertThat(result.isNullAt(0)).isNotEqualTo(result.isNullAt(3));
      events += result.isNullAt(0) ? 1 : 0;
    }
    assertThat(events).isBetween(1_000, 199_000);
  }

  private RecordDecoder decoder(Map<Integer, Schema> schemas) {
    schemas.forEach(registry::put);
    return new RecordDecoder(new WriterSchemas(registry.client()::schemaById));
  }

  private static InternalRow decodeEvent(RecordDecoder decoder, byte[] value) {
    assertThat(reason(decoder, value)).isNull();
    return decoder.decode(value, 0).getStruct(3, COLUMNS.size());
  }

  private static DeadLetterReason reason(RecordDecoder decoder, byte[] value) {
    InternalRow result = decoder.decode(value, 0);
    return result.isNullAt(0) ? null : DeadLetterReason.valueOf(result.getUTF8String(0).toString());
  }

  private static int column(String name) {
    return COLUMNS.fieldIndex(name);
  }

  private static String text(InternalRow row, String name) {
    return row.isNullAt(column(name)) ? null : row.getUTF8String(column(name)).toString();
  }
}
