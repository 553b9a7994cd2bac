// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;

/**
 * Users to be counted: one by one while they are few, so that a sketch they are added to stays as
 * exact as it is, else in the {@link Registers} of a sketch. For one thread.
 */
final class Users {

  /** As many as a sketch of as many registers keeps one by one. */
  private static final int MOST_IDS = 384;

  private long[] ids = new long[4];
  private int size;
  private byte[] registers;

  /** Adds those of an array from one index until another. */
  void addAll(long[] users, int from, int until) {
    int next = from;
    while (registers == null && next < until) {
      if (size == ids.length) {
        makeRoom();
      } else {
        ids[size++] = users[next++];
      }
    }
    for (; next < until; next++) {
      Registers.add(registers, users[next]);
    }
  }

  /** Adds what {@link #toBytes} made of others. */
  void addAll(byte[] users) {
    if (users.length < Registers.NUMBER) {
      long[] others = new long[users.length / Long.BYTES];
      ByteBuffer.wrap(users).asLongBuffer().get(others);
      addAll(others, 0, others.length);
    } else {
      useRegisters();
      Registers.addAll(registers, users);
    }
  }

  /** 8 bytes each while they are few, or the registers, which are more. */
  byte[] toBytes() {
    if (registers != null) {
      return registers;
    }
    ByteBuffer out = ByteBuffer.allocate(Long.BYTES * size);
    out.asLongBuffer().put(ids, 0, size);
    return out.array();
  }

  /** About how much memory they take. */
  int bytes() {
    return registers == null ? Long.BYTES * ids.length : registers.length;
  }

  /**
   * The image of a sketch of them, with a nibble a register.
   *
   * @param known the image of such a sketch, of users to be counted too, null if there are none
   */
  byte[] sketch(byte[] known) {
    if (registers == null) {
      HllSketch sketch =
          known == null
              ? new HllSketch(Registers.LG_NUMBER, TgtHllType.HLL_4)
              : HllSketch.heapify(known);
      for (int i = 0; i < size; i++) {
        sketch.update(ids[i]);
      }
      return sketch.toCompactByteArray();
    }
    if (known != null) {
      Hll4.addTo(registers, known);
    }
    return Hll4.of(registers);
  }

  private void makeRoom() {
    if (size < MOST_IDS) {
      ids = Arrays.copyOf(ids, Math.min(MOST_IDS, 2 * size));
      return;
    }
    byte[] all = Registers.of(ids);
    if (Registers.used(all) <= MOST_IDS / 2) {
      forgetRepetitions();
    }
    if (size == MOST_IDS) {
      registers = all;
      ids = null;
    }
  }

  private void forgetRepetitions() {
    Arrays.sort(ids, 0, size);
    int kept = 1;
    for (int i = 1; i < size; i++) {
      if (ids[i] != ids[i - 1]) {
        ids[kept++] = ids[i];
      }
    }
    size = kept;
  }

  private void useRegisters() {
    if (registers == null) {
      registers = Registers.of(Arrays.copyOf(ids, size));
      ids = null;
    }
  }
}
