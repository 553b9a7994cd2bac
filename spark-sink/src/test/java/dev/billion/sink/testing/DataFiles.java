// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.RecordDecoder;
import dev.billion.sink.decode.WriterSchemas;
import dev.billion.sink.write.DataFile;
import dev.billion.sink.write.EventFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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

  @Override
  public void close() {
    registry.close();
  }
}
