// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import dev.billion.sink.decode.EventView;
import dev.billion.sink.table.TableLayout;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The files that a task writes events into, one for each day. For one thread. */
public final class EventFiles {

  /** Open files have buffers: late events of many days may not fill the heap. */
  static final int MOST_OPEN = 8;

  private static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final int EVENT_TIME = TableLayout.EVENTS.columns().fieldIndex("event_time");

  /** A file, and what writes into it. */
  private record Open(NewFile file, EventRows rows) {}

  private final String table;
  private final long ingestMicros;
  private final Configuration hadoop;
  private final Map<Integer, Open> open = new LinkedHashMap<>(16, 0.75f, true);
  private final List<DataFile> closed = new ArrayList<>();
  private int day;
  private EventRows rows;

  /**
   * @param table the table's address
   * @param ingestMicros when the batch began, in microseconds since 1970
   */
  public EventFiles(String table, long ingestMicros, Configuration hadoop) {
    this.table = table;
    this.ingestMicros = ingestMicros;
    this.hadoop = hadoop;
  }

  /** Adds an event, which may be overwritten afterwards. */
  public void write(EventView event, ConsumerRecord<byte[], byte[]> record) throws IOException {
    int eventDay = (int) Math.floorDiv(event.number(EVENT_TIME), MICROS_OF_DAY);
    if (rows == null || eventDay != day) {
      rows = rowsOf(eventDay);
      day = eventDay;
    }
    rows.write(event, record);
  }

  /** Where the files of a day are, from the table's address on. */
  static String directory(int day) {
    return TableLayout.EVENTS.partitionColumns().get(0) + "=" + LocalDate.ofEpochDay(day);
  }

  /** Closes all files and tells of them. */
  public List<DataFile> close() throws IOException {
    for (Open day : open.values()) {
      closed.add(day.file.close());
    }
    open.clear();
    return List.copyOf(closed);
  }

  /** Gives up what is not closed yet, as far as that is possible. */
  public void discard() {
    open.values().forEach(day -> day.file.discard());
    open.clear();
  }

  private EventRows rowsOf(int eventDay) throws IOException {
    Open known = open.get(eventDay);
    if (known != null) {
      return known.rows;
    }
    if (open.size() == MOST_OPEN) {
      closeEldest();
    }
    NewFile file = NewFile.open(table, eventDay, TableLayout.EVENTS, hadoop);
    EventRows fresh = new EventRows(file.content(), ingestMicros);
    open.put(eventDay, new Open(file, fresh));
    return fresh;
  }

  private void closeEldest() throws IOException {
    Iterator<Open> eldest = open.values().iterator();
    closed.add(eldest.next().file.close());
    eldest.remove();
  }
}
