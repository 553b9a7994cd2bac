// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.WireFormat;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.EveryType;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.RandomValues;
import dev.billion.sink.testing.SparkValues;
import dev.billion.sink.testing.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of another schema than the event's, by two writers of which one writes more fields. */
class SubjectIT {

  private static final String SUBJECT = "every-type-value";
  private static final int RECORDS = 200;

  @TempDir private static Path directory;

  private static final List<Schema> WRITERS = List.of(EveryType.SCHEMA, EveryType.OTHERWISE);
  private static final List<byte[]> VALUES = new ArrayList<>();
  private static Program.Result drained;

  @BeforeAll
  static void drainRecordsOfEveryType() throws Exception {
    Stack.createTopic(SUBJECT, 1);
    int[] ids = {
      Stack.register(SUBJECT, EveryType.SCHEMA), Stack.register("otherwise", EveryType.OTHERWISE)
    };
    RandomValues random = new RandomValues(new Random(20250301));
    for (int i = 0; i < RECORDS; i++) {
      int writer = i < RECORDS / 2 ? 0 : i % 2;
      VALUES.add(Events.value(ids[writer], random.record(WRITERS.get(writer))));
    }
    VALUES.add(new byte[] {9});
    Stack.send(SUBJECT, VALUES);

    drained = drain(directory, "--subject", SUBJECT);
  }

  @Test
  void anyReaderOfDeltaReadsWhatAvroReads() throws Exception {
    assertThat(drained.err()).noneMatch(line -> line.startsWith("error"));
    assertThat(drained.out().get(0)).startsWith("{\"events\":200,\"dead_letters\":1,\"batches\":1");
    try (SparkSession spark = SparkSessions.open(null)) {
      spark.conf().set("spark.sql.datetime.java8API.enabled", true);
      String table = directory.resolve("events").toString();
      String kept =
          new SinkTable(spark, table, TableLayout.EVENTS)
              .property(TableLayout.SCHEMA)
              .orElseThrow();
      Schema schema = new Schema.Parser().parse(kept);
      assertThat(schema.getField("more")).isNotNull();

      Column[] columns =
          schema.getFields().stream().map(f -> functions.col(f.name())).toArray(Column[]::new);
      List<Row> rows =
          spark
              .read()
              .format("delta")
              .load(table)
              .sort("kafka_offset")
              .select(columns)
              .collectAsList();

      assertThat(rows).hasSize(RECORDS);
      for (int i = 0; i < RECORDS; i++) {
        assertThat(SparkValues.read(rows.get(i)))
            .as("record %d", i)
            .isEqualTo(SparkValues.expected(schema, read(VALUES.get(i), schema)));
      }
    }
  }

  @Test
  void fieldsThatTheTableLacksMayHoldTheBatchBackOrBeLeftOut() throws Exception {
    Path other = directory.resolve("other");

    Program.Result failed = drain(other, "--subject", SUBJECT, "--evolve", "fail");
    Program.Result ignored = drain(other, "--subject", SUBJECT, "--evolve", "ignore");

    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.lastError())
        .contains("has fields that table %s lacks: ".formatted(other.resolve("events")))
        .contains("more")
        .endsWith("(valid: --evolve add or --evolve ignore; nothing is lost)");
    assertThat(ignored.out().get(0)).startsWith("{\"events\":200,\"dead_letters\":1,\"batches\":1");
    try (SparkSession spark = SparkSessions.open(null)) {
      assertThat(spark.read().format("delta").load(other.resolve("events").toString()).columns())
          .contains("tags", "kafka_date")
          .doesNotContain("more");
    }
  }

  @Test
  void maintenanceGoesByTheDayOfTheRecordWhereEventsHaveNone() {
    Path kept = directory.resolve("kept");
    String table = kept.resolve("events").toString();
    List<String> maintain = List.of("maintain", "--json", "--optimize-quiet", "0s", "--table");

    Program.Result stored =
        drain(kept, "--subject", SUBJECT, "--evolve", "ignore", "--max-records", "100");
    Program.Result before = Program.run(with(maintain, table, "--dry-run"));
    Program.Result after = Program.run(with(maintain, table, "--optimize-before", "0"));

    assertThat(stored.out().get(0)).startsWith("{\"events\":200,\"dead_letters\":1,\"batches\":3");
    assertThat(before.out().get(0)).contains("\"partitions\":0,\"files_before\":0,");
    assertThat(after.out().get(0))
        .contains("\"partitions\":1,\"files_before\":2,\"files_after\":1,");
  }

  @Test
  void aTableIsForOneSubject() {
    Program.Result result = drain(directory, "--subject", "otherwise");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.lastError())
        .startsWith("error: table %s was made for subject".formatted(directory.resolve("events")))
        .endsWith("(valid: the subject that the table was made for, or another table)");
  }

  @Test
  void aSubjectThatIsNotThereIsNamed() {
    Program.Result result = drain(directory.resolve("none"), "--subject", "no-such");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.lastError()).contains("has no subject 'no-such'");
  }

  @Test
  void onlyUserEventsCanBeVerifiedAndHaveKpis() {
    String table = directory.resolve("events").toString();

    Program.Result proof = Program.run(List.of("verify", "--table", table));
    Program.Result kpis = Program.run(List.of("kpi", "--once", "--table", table));

    assertThat(proof.exit()).isEqualTo(1);
    assertThat(proof.lastError())
        .isEqualTo(
            "error: table %s has no event_id to verify by (valid: a table of UserEvent)"
                .formatted(table));
    assertThat(kpis.exit()).isEqualTo(1);
    assertThat(kpis.lastError())
        .isEqualTo(
            "error: table %s has not the columns that KPIs are made of (valid: a table of UserEvent)"
                .formatted(table));
  }

  private static List<String> with(List<String> args, String... more) {
    return Stream.concat(args.stream(), Stream.of(more)).toList();
  }

  private static Program.Result drain(Path directory, String... more) {
    return Program.run(Stack.args("drain", SUBJECT, directory, more));
  }

  private static GenericRecord read(byte[] value, Schema reader) throws IOException {
    int header = WireFormat.HEADER_BYTES;
    boolean first = WireFormat.schemaId(value) == WireFormat.schemaId(VALUES.get(0));
    return new GenericDatumReader<GenericRecord>(WRITERS.get(first ? 0 : 1), reader)
        .read(null, DecoderFactory.get().binaryDecoder(value, header, value.length - header, null));
  }
}
