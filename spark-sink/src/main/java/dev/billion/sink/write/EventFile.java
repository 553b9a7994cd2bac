// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.EventView;
import dev.billion.sink.table.TableLayout;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A data file that events are written into. For one thread. */
interface EventFile {

  /**
   * Begins a file.
   *
   * @param table the table's address
   * @param day the day of its partition, in days since 1970
   * @param ingestMicros when the batch began, in microseconds since 1970
   */
  static EventFile open(
      String table, int day, EventLayout events, long ingestMicros, Configuration hadoop)
      throws IOException {
    TableLayout layout = TableLayout.of(events);
    return EventRows.canWrite(events)
        ? new EventRows(NewFile.open(table, day, layout, hadoop), events, ingestMicros)
        : new NestedFile(table, day, layout, new NestedRows(events, ingestMicros), hadoop);
  }

  /** Adds a row: an event, and the record it came in. */
  void write(EventView event, ConsumerRecord<byte[], byte[]> record) throws IOException;

  /** Finishes the file and tells of it. */
  DataFile close() throws IOException;

  /** Gives the file up; where that fails, it stays for VACUUM. */
  void discard();
}
