// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.util.Arrays;
import org.apache.datasketches.hll.Union;

/**
 * Adds up events by the id of their key. Sketches are 4 KiB each and do not fit into a processor's
 * caches together: users wait until there are many, then those of a key are counted in a row, which
 * takes a fraction of the time. For one thread.
 */
final class EventSums {

  private static final int WAITING = 1 << 20;

  /** So many users a sketch keeps one by one; with more it is as large as it gets. */
  private static final int SPARSE = 512;

  private static final int BYTES_OF_SPARSE = 8; // and for each user as many again
  private static final int BYTES_OF_OBJECTS = 200;

  private long[] events = new long[0];
  private long[] cents = new long[0];
  private long[] lastIngest = new long[0];
  private Union[] users = new Union[0];
  private int size;
  private long bytes;

  private final int[] waitingIds = new int[WAITING];
  private final long[] waitingUsers = new long[WAITING];
  private final long[] byId = new long[WAITING];
  private int waiting;

  /**
   * @param id below {@code 1 + } the largest so far
   */
  void add(int id, long user, long amount, long ingest) {
    if (id == size) {
      begin(id);
    }
    events[id]++;
    cents[id] += amount;
    if (ingest > lastIngest[id]) {
      lastIngest[id] = ingest;
    }
    waitingIds[waiting] = id;
    waitingUsers[waiting] = user;
    if (++waiting == WAITING) {
      countUsers();
    }
  }

  /** About how much memory the sketches take. */
  long bytes() {
    return bytes;
  }

  /** The sum of an id's events; the last thing before {@link #clear}. */
  KpiPart part(int id) {
    if (waiting > 0) {
      countUsers();
    }
    return KpiPart.fresh(events[id], cents[id], lastIngest[id], users[id].toCompactByteArray());
  }

  void clear() {
    Arrays.fill(users, 0, size, null);
    size = 0;
    bytes = 0;
  }

  private void begin(int id) {
    if (id == events.length) {
      int room = Math.max(1 << 10, 2 * id);
      events = Arrays.copyOf(events, room);
      cents = Arrays.copyOf(cents, room);
      lastIngest = Arrays.copyOf(lastIngest, room);
      users = Arrays.copyOf(users, room);
    }
    events[id] = 0;
    cents[id] = 0;
    lastIngest[id] = Long.MIN_VALUE;
    users[id] = new Union(KpiSum.LG_REGISTERS);
    size = id + 1;
  }

  private void countUsers() {
    int[] ends = new int[size + 1]; // first where an id begins
    for (int i = 0; i < waiting; i++) {
      ends[waitingIds[i] + 1]++;
    }
    for (int id = 0; id < size; id++) {
      ends[id + 1] += ends[id];
    }
    for (int i = 0; i < waiting; i++) {
      byId[ends[waitingIds[i]]++] = waitingUsers[i];
    }
    bytes = 0;
    int next = 0;
    for (int id = 0; id < size; id++) {
      Union sketch = users[id];
      for (; next < ends[id]; next++) {
        sketch.update(byId[next]);
      }
      bytes += BYTES_OF_OBJECTS + BYTES_OF_SPARSE * Math.min(events[id], SPARSE);
    }
    waiting = 0;
  }
}
