// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.RecordDecoder;
import dev.billion.sink.decode.WriterSchemas;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.HttpRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFilesTest {

  private static final int ID = 7;
  private static final int DAYS = 12;
  private static final long INGEST = 1_740_873_600_000_000L;

  @TempDir private Path table;

  private final HttpRegistry registry = new HttpRegistry();
  private final RecordDecoder decoder =
      new RecordDecoder(WriterSchemas.shared(registry.config(), EventLayout.USER_EVENT), true);

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  @Test
  void eachDayHasFilesOfItsOwnHoweverManyThereAre() throws Exception {
    EventFiles files =
        new EventFiles(table.toString(), EventLayout.USER_EVENT, INGEST, new Configuration());

    writeEachDay(files, 3);
    List<DataFile> written = files.close();

    assertThat(written.stream().mapToLong(DataFile::rows).sum()).isEqualTo(3L * DAYS);
    for (DataFile file : written) {
      DataFile.Range times = file.statistics().get("event_time");
      assertThat(day(times.min())).isEqualTo(file.day().longValue());
      assertThat(day(times.max())).isEqualTo(file.day().longValue());
      assertThat(file.statistics().get("ingest_time"))
          .isEqualTo(new DataFile.Range(INGEST, INGEST, 0));
      assertThat(Path.of(java.net.URI.create(file.path()))).hasSize(file.bytes());
    }
    assertThat(written.stream().map(DataFile::day).distinct()).hasSize(DAYS);
    assertThat(table.resolve("event_date=2025-03-01")).isDirectoryContaining("glob:**.parquet");
  }

  @Test
  void whatIsGivenUpLeavesNoFile() throws Exception {
    EventFiles files =
        new EventFiles(table.toString(), EventLayout.USER_EVENT, INGEST, new Configuration());
    writeEachDay(files, 1);

    files.discard();

    try (Stream<Path> left = Files.walk(table)) {
      assertThat(left.filter(path -> path.toString().endsWith(".parquet")))
          .hasSize(DAYS - EventFiles.MOST_OPEN); // closed before, and left to VACUUM
    }
  }

  private void writeEachDay(EventFiles files, int rounds) throws Exception {
    registry.put(ID, UserEvent.getClassSchema());
    for (int i = 0; i < rounds * DAYS; i++) {
      UserEvent event = Events.event(1, 0, i);
      event.put("event_time", Events.START.plus(Duration.ofDays(i % DAYS)));
      byte[] value = Events.value(ID, event);
      assertThat(decoder.decode(value, 0)).isNull();
      files.write(decoder.event(), new ConsumerRecord<>("t", 0, i, null, value));
    }
  }

  private static long day(long micros) {
    return ChronoUnit.DAYS.between(Instant.EPOCH, Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }
}
