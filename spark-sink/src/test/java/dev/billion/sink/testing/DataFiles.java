// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.SparkSessions;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.RecordDecoder;
import dev.billion.sink.decode.WriterSchemas;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import dev.billion.sink.write.DataFile;
import dev.billion.sink.write.EventFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.sql.SparkSession;

/** Data files of events as the sink writes them, without a broker or a batch. */
public final class DataFiles implements AutoCloseable {

  private static final int ID = 7;

  private final HttpRegistry registry = new HttpRegistry();

  public DataFiles() {
    registry.put(ID, UserEvent.getClassSchema());
  }

  /**
   * Writes events, whose offsets are their sequences; they are no part of a table yet.
   *
   * @param first the sequence of the first
   */
  public List<DataFile> write(
      String table, EventLayout layout, long first, int count, Configuration hadoop) {
    RecordDecoder decoder =
        new RecordDecoder(WriterSchemas.shared(registry.config(), layout), true);
    EventFiles files = new EventFiles(table, layout, 0, hadoop);
    try {
      for (long sequence = first; sequence < first + count; sequence++) {
        byte[] value = Events.value(ID, Events.event(1, 0, sequence));
        assertThat(decoder.decode(value, 0)).isNull();
        files.write(decoder.event(), new ConsumerRecord<>("t", 0, sequence, null, value));
      }
      return files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Commits batches of events of one day to a table, which is made if there is none. They go on
   * where those before ended.
   *
   * @param count how many events are in each
   */
  public static void commit(String table, int batches, int count) throws IOException {
    try (SparkSession spark = SparkSessions.open(null);
        DataFiles files = new DataFiles()) {
      SinkTable made = new SinkTable(spark, table, TableLayout.EVENTS);
      made.createIfAbsent();
      long next = made.lastVersion("test").orElse(-1) + 1;
      for (long batch = next; batch < next + batches; batch++) {
        List<DataFile> written =
            files.write(table, EventLayout.USER_EVENT, batch * count, count, new Configuration());
        made.commit(written, "test", batch, Map.of());
      }
    }
  }

  /** Makes a file of an age, on that day, that is no part of the table. */
  public static Path orphan(Path table, String name, Duration age) throws IOException {
    Path file = table.resolve("event_date=2025-03-01").resolve(name);
    Files.writeString(file, "never committed");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  @Override
  public void close() {
    registry.close();
  }
}
