// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.util.Arrays;

/**
 * Adds up events by the id of their key. What users are counted in is 4 KiB for each key and does
 * not fit into a processor's caches for all together: users wait until there are many, then those
 * of a key are counted in a row, which takes a fraction of the time. For one thread.
 */
final class EventSums {

  private static final int WAITING = 1 << 20;
  private static final int BYTES_OF_ID = 150;

  private long[] events = new long[0];
  private long[] cents = new long[0];
  private long[] lastIngests = new long[0];
  private Users[] users = new Users[0];
  private int size;
  private long bytes;

  private final int[] waitingIds = new int[WAITING];
  private final long[] waitingUsers = new long[WAITING];
  private final long[] byId = new long[WAITING];
  private int waiting;

  /**
   * Adds events.
   *
   * @param ids each below {@code 1 + } the largest before it
   */
  void add(int[] ids, int rows, long[] amounts, long[] usersOfRows, long[] ingests) {
    if (waiting + rows > WAITING) {
      countUsers();
    }
    System.arraycopy(ids, 0, waitingIds, waiting, rows);
    System.arraycopy(usersOfRows, 0, waitingUsers, waiting, rows);
    waiting += rows;
    for (int row = 0; row < rows; row++) {
      int id = ids[row];
      if (id == size) {
        begin(id);
      }
      if (ingests[row] > lastIngests[id]) {
        lastIngests[id] = ingests[row];
      }
      if (amounts[row] != 0) {
        cents[id] += amounts[row];
      }
    }
  }

  /** About how much memory they take. */
  long bytes() {
    return bytes;
  }

  /** The sum of an id's events; the last thing before {@link #clear}. */
  KpiPart part(int id) {
    if (waiting > 0) {
      countUsers();
    }
    return KpiPart.fresh(events[id], cents[id], lastIngests[id], users[id].toBytes());
  }

  void clear() {
    Arrays.fill(users, 0, size, null);
    size = 0;
    bytes = 0;
  }

  private void begin(int id) {
    if (id == users.length) {
      int room = Math.max(1 << 10, 2 * id);
      events = Arrays.copyOf(events, room);
      cents = Arrays.copyOf(cents, room);
      lastIngests = Arrays.copyOf(lastIngests, room);
      users = Arrays.copyOf(users, room);
    }
    events[id] = 0;
    cents[id] = 0;
    lastIngests[id] = Long.MIN_VALUE;
    users[id] = new Users();
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
      events[id] += ends[id] - next;
      users[id].addAll(byId, next, ends[id]);
      next = ends[id];
      bytes += BYTES_OF_ID + users[id].bytes();
    }
    waiting = 0;
  }
}
