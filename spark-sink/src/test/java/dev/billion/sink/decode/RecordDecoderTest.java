// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDecoderTest {

  private static final int ID = 7;

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

    EventView row = decodeEvent(decoder, Events.value(ID, event));

    assertThat(bytes(row, "event_id")).isEqualTo(new EventId(5, 6, sequence).toBytes());
    assertThat(row.number(column("event_time")))
        .isEqualTo(event.getEventTime().toEpochMilli() * 1_000);
    assertThat(row.number(column("user_id"))).isEqualTo(event.getUserId());
    assertThat(text(row, "session_id")).isEqualTo(event.getSessionId());
    assertThat(text(row, "event_type")).isEqualTo(event.getEventType().name());
    assertThat(text(row, "category")).isEqualTo(event.getCategory());
    assertThat(text(row, "region")).isEqualTo(event.getRegion());
    assertThat(text(row, "device")).isEqualTo(event.getDevice().name());
    assertThat(text(row, "page")).isEqualTo(event.getPage());
    assertThat(text(row, "referrer")).isEqualTo(event.getReferrer());
    assertThat(text(row, "currency")).isEqualTo(event.getCurrency());
    assertThat(row.isNull(column("amount_cents"))).isEqualTo(event.getAmountCents() == null);
  }

  @Test
  void anEventAfterPoisonIsUntouchedByIt() {
    byte[] value = Events.value(ID, Events.event(1, 2, 9));
    reason(decoder, Arrays.copyOf(value, value.length - 1));

    EventView row = decodeEvent(decoder, value);

    assertThat(row.number(column("amount_cents"))).isEqualTo(1_999);
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

    EventView row = decodeEvent(decoder(Map.of(ID, later)), Events.value(ID, record));

    assertThat(text(row, "currency")).isEqualTo("EUR");
  }

  @Test
  void aFieldThatAnOlderSchemaLacksHasItsDefault() {
    Schema older = Schemas.without("referrer");
    var record = Schemas.copy(Events.event(1, 2, 9), older);

    EventView row = decodeEvent(decoder(Map.of(ID, older)), Events.value(ID, record));

    assertThat(row.isNull(column("referrer"))).isTrue();
    assertThat(text(row, "currency")).isEqualTo("EUR");
  }

  @Test
  void anUnknownSymbolReadsAsUnknown() {
    Schema later = Schemas.withSymbol("device", "FRIDGE");
    var record = Schemas.copy(Events.event(1, 2, 3), later);
    record.put("device", Schemas.symbol(later, "device", "FRIDGE"));

    EventView row = decodeEvent(decoder(Map.of(ID, later)), Events.value(ID, record));

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
      assertThat(decodeEvent(both, value).isNull(column("referrer"))).isEqualTo(i % 2 == 1);
    }
  }

  private RecordDecoder decoder(Map<Integer, Schema> schemas) {
    schemas.forEach(registry::put);
    return new RecordDecoder(
        new WriterSchemas(EventLayout.USER_EVENT, registry.client()::schemaById), false);
  }

  private static EventView decodeEvent(RecordDecoder decoder, byte[] value) {
    assertThat(reason(decoder, value)).isNull();
    return decoder.event();
  }

  private static DeadLetterReason reason(RecordDecoder decoder, byte[] value) {
    Defect defect = decoder.decode(value, 0);
    return defect == null ? null : defect.reason();
  }

  private static int column(String name) {
    return UserEvent.getClassSchema().getField(name).pos();
  }

  private static String text(EventView event, String name) {
    EventColumn column = EventLayout.USER_EVENT.columns().get(column(name));
    if (event.isNull(column(name))) {
      return null;
    }
    return column.kind() == EventColumn.Kind.SYMBOL
        ? column.symbols().get((int) event.number(column(name)))
        : new String(bytes(event, name), UTF_8);
  }

  private static byte[] bytes(EventView event, String name) {
    int start = event.start(column(name));
    return Arrays.copyOfRange(
        event.source(column(name)), start, start + event.length(column(name)));
  }
}
