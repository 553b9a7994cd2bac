// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.sink.table.TableLayout;
import dev.billion.sink.testing.EveryType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLayoutTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing          | boolean
          truth            | boolean
          small            | int
          large            | bigint
          single           | float
          precise          | double
          raw              | binary
          text             | string
          colour           | string
          digest           | binary
          day              | date
          time_of_day      | int
          fine_time_of_day | bigint
          coarse_instant   | timestamp
          instant          | timestamp
          nano_instant     | bigint
          wall_time        | bigint
          text_id          | string
          id               | binary
          pause            | binary
          price            | decimal(9,2)
          total            | decimal(18,0)
          mass             | decimal(38,10)
          maybe            | bigint
          maybe_last       | string
          only             | int
          choice           | struct<int:int,string:string,Point:struct<x:double,y:double>,array:array<string>>
          required_choice  | struct<long:bigint,boolean:boolean,map:map<string,float>>
          empty            | boolean
          nulls            | array<boolean>
          grid             | array<array<bigint>>
          counts           | map<string,bigint>
          """)
  void eachTypeHasAColumnType(String field, String type) {
    EventLayout layout = new EventLayout(EveryType.SCHEMA);

    assertThat(layout.struct().apply(field).dataType().catalogString()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "string" | is no record
          {"type":"record","name":"L","fields":[{"name":"n","type":["null","L"]}]} | record L contains itself
          {"type":"record","name":"L","fields":[{"name":"a","type":"int"},{"name":"A","type":"int"}]} | two columns are called A in L
          {"type":"record","name":"L","fields":[{"name":"Kafka_Offset","type":"int"}]} | two columns are called kafka_offset in L
          {"type":"record","name":"L","fields":[{"name":"a","type":"blob"}]} | no Avro schema
          """)
  void aSchemaThatNoTableCanHaveIsRefusedInOneLine(String schema, String why) {
    assertThatThrownBy(() -> TableLayout.of(EventLayout.parse(schema)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"long\",\"logicalType\":\"timestamp-micros\"', event_date",
    "'\"long\",\"logicalType\":\"timestamp-millis\"', event_date",
    "'\"long\"', kafka_date"
  })
  void aTableIsCutByEventTimeWhereEveryEventHasOne(String type, String partition) {
    String time = "{\"name\":\"event_time\",\"type\":{\"type\":%s}}".formatted(type);
    String record = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[%s]}".formatted(time);

    assertThat(TableLayout.of(EventLayout.parse(record)).partitionColumns())
        .containsExactly(partition);
    String nullable =
        record.replace("{\"type\":" + type + "}", "[\"null\",{\"type\":" + type + "}]");
    assertThat(TableLayout.of(EventLayout.parse(nullable)).partitionColumns())
        .containsExactly("kafka_date");
  }

  @Test
  void theEventKeepsItsColumns() {
    assertThat(TableLayout.EVENTS.columns().catalogString())
        .isEqualTo(
            "struct<event_id:binary,event_time:timestamp,user_id:bigint,session_id:string,"
                + "event_type:string,category:string,region:string,device:string,page:string,"
                + "referrer:string,amount_cents:bigint,currency:string,kafka_partition:int,"
                + "kafka_offset:bigint,ingest_time:timestamp,event_date:date>");
  }
}
