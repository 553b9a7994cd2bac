// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.EventView;
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
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  private final String table;
  private final EventLayout events;
  private final int eventTime;
  private final long ingestMicros;
  private final Configuration hadoop;
  private final Map<Integer, EventFile> open = new LinkedHashMap<>(16, 0.75f, true);
  private final List<DataFile> closed = new ArrayList<>();
  private int day;
  private EventFile file;

  /**
   * @param table the table's address
   * @param events what its rows are
   * @param ingestMicros when the batch began, in microseconds since 1970
   */
  public EventFiles(String table, EventLayout events, long ingestMicros, Configuration hadoop) {
    this.table = table;
    this.events = events;
    this.eventTime = events.eventTime().orElse(-1);
    this.ingestMicros = ingestMicros;
    this.hadoop = hadoop;
  }

  /** Adds an event, which may be overwritten afterwards. */
  public void write(EventView event, ConsumerRecord<byte[], byte[]> record) throws IOException {
    int rowDay =
        eventTime >= 0
            ? (int) Math.floorDiv(event.number(eventTime), MICROS_OF_DAY)
            : kafkaDay(record.timestamp());
    if (file == null || rowDay != day) {
      file = fileOf(rowDay);
      day = rowDay;
    }
    file.write(event, record);
  }

  /** A producer may set any time, or none: of what no table can hold, the day it was read. */
  private int kafkaDay(long millis) {
    long kafkaDay = Math.floorDiv(millis, MICROS_OF_DAY / 1_000);
    return millis >= 0 && kafkaDay <= LAST_DAY
        ? (int) kafkaDay
        : (int) Math.floorDiv(ingestMicros, MICROS_OF_DAY);
  }

  /** Closes all files and tells of them. */
  public List<DataFile> close() throws IOException {
    for (EventFile each : open.values()) {
      closed.add(each.close());
    }
    open.clear();
    return List.copyOf(closed);
  }

  /** Gives up what is not closed yet, as far as that is possible. */
  public void discard() {
    open.values().forEach(EventFile::discard);
    open.clear();
  }

  private EventFile fileOf(int rowDay) throws IOException {
    EventFile known = open.get(rowDay);
    if (known != null) {
      return known;
    }
    if (open.size() == MOST_OPEN) {
      closeEldest();
    }
    EventFile fresh = EventFile.open(table, rowDay, events, ingestMicros, hadoop);
    open.put(rowDay, fresh);
    return fresh;
  }

  private void closeEldest() throws IOException {
    Iterator<EventFile> eldest = open.values().iterator();
    closed.add(eldest.next().close());
    eldest.remove();
  }
}
