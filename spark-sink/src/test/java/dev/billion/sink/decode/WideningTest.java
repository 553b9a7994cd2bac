// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.ReleasedSchemas;
import dev.billion.schemas.UserEvent;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.testing.EveryType;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class WideningTest {

  private static final String NARROW_FIELDS =
      "{'name':'a','type':'int'},{'name':'in','type':" + inner("") + "}";

  private static final Schema NARROW = record("R", NARROW_FIELDS);

  @Test
  void theNextVersionOfTheEventHasOneMoreField() {
    Schema next = ReleasedSchemas.userEvent().get(1);

    WiderSchema wider = widen(UserEvent.getClassSchema(), next).orElseThrow();

    assertThat(wider.added()).isEqualTo("app_version");
    assertThat(parse(wider).getFields().get(12)).isEqualTo(next.getField("app_version"));
  }

  @Test
  void thereIsNothingToAddTwice() {
    Schema wider = parse(widen(EveryType.SCHEMA, EveryType.OTHERWISE).orElseThrow());

    assertThat(widen(wider, EveryType.OTHERWISE)).isEmpty();
    assertThat(widen(wider, EveryType.SCHEMA)).isEmpty();
    assertThat(widen(EveryType.SCHEMA, EveryType.SCHEMA)).isEmpty();
  }

  @Test
  void fieldsAreAddedAtAnyDepthButToARecordWithoutAny() {
    WiderSchema wider = widen(EveryType.SCHEMA, EveryType.OTHERWISE).orElseThrow();

    assertThat(wider.added()).isEqualTo("choice.z, more");
    assertThat(new EventLayout(parse(wider)).struct().catalogString())
        .contains("more:array<map<string,boolean>>")
        .contains("place:struct<name:string,spot:struct<x:double,y:double,z:struct<")
        .contains("empty:boolean");
  }

  @Test
  void aRequiredFieldIsAddedAsOneThatMayBeNull() {
    Schema writer =
        record(
            "R",
            "{'name':'b','type':'string'},{'name':'a','type':'int'},{'name':'in','type':"
                + inner(",{'name':'y','type':['int','null']}")
                + "}");

    WiderSchema wider = widen(NARROW, writer).orElseThrow();

    assertThat(wider.added()).isEqualTo("in.y, b");
    assertThat(parse(wider).getField("b").schema())
        .isEqualTo(SchemaBuilder.unionOf().nullType().and().stringType().endUnion());
    assertThat(parse(wider).getField("in").schema().getField("y").schema())
        .isEqualTo(SchemaBuilder.unionOf().nullType().and().intType().endUnion());
  }

  @Test
  void aFieldOfATypeThatIsWiderThanTheTableKnowsItWidensThatToo() {
    Schema writer =
        record(
            "R",
            "{'name':'a','type':'int'},{'name':'in','type':"
                + inner(",{'name':'y','type':'int'}")
                + "},{'name':'all','type':{'type':'array','items':'I'}}");

    Schema wider = parse(widen(NARROW, writer).orElseThrow());

    assertThat(new EventLayout(wider).struct().catalogString())
        .isEqualTo("struct<a:int,in:struct<x:int,y:int>,all:array<struct<x:int,y:int>>>");
  }

  @Test
  void whatNoTableCanHaveIsLeftOut() {
    Schema endless = record("R", NARROW_FIELDS + ",{'name':'next','type':['null','R']}");
    Schema twice = record("R", NARROW_FIELDS + ",{'name':'A','type':'int'}");

    assertThat(widen(NARROW, endless)).isEmpty();
    assertThat(widen(NARROW, twice)).isEmpty();
  }

  @Test
  void whatIsLeftOutTakesNoOtherFieldWithIt() {
    Schema writer =
        record(
            "R",
            NARROW_FIELDS.replace("}]}", "},{'name':'X','type':'int'},{'name':'y','type':'int'}]}")
                + ",{'name':'A','type':'int'},{'name':'Kafka_Offset','type':'int'},{'name':'b','type':'int'}");

    WiderSchema wider = widen(NARROW, writer).orElseThrow();

    assertThat(wider.added()).isEqualTo("in.y, b");
    assertThat(TableLayout.of(EventLayout.parse(wider.json())).columns().fieldNames())
        .containsExactly(
            "a", "in", "b", "kafka_partition", "kafka_offset", "ingest_time", "kafka_date");
  }

  @Test
  void theColumnsBesideTheEventsAreThoseOfTheTable() {
    for (EventLayout layout : List.of(EventLayout.USER_EVENT, new EventLayout(NARROW))) {
      int fields = layout.columns().size();

      assertThat(TableLayout.of(layout).columns().fieldNames())
          .hasSize(fields + layout.recordColumns().size())
          .endsWith(layout.recordColumns().toArray(String[]::new));
    }
  }

  private static Optional<WiderSchema> widen(Schema reader, Schema writer) {
    return WiderSchema.of(1, new EventLayout(reader), writer);
  }

  private static Schema parse(WiderSchema wider) {
    return new Schema.Parser().parse(wider.json());
  }

  private static String inner(String more) {
    return "{'type':'record','name':'I','fields':[{'name':'x','type':'int'}" + more + "]}";
  }

  private static Schema record(String name, String fields) {
    String json = "{'type':'record','name':'%s','fields':[%s]}".formatted(name, fields);
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }
}
