// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Tuple2;

/**
 * Some rows of a minute, as bytes: a shuffle moves a few of these instead of thousands of objects.
 *
 * @param events how many events they are of
 * @param rows one after another, texts and users each after their length
 */
record KpiBlock(long events, byte[] rows) implements Serializable {

  private static final int NO_TEXT = -1;

  static void write(KpiKey key, KpiPart part, DataOutputStream out) throws IOException {
    write(key.region(), out);
    write(key.category(), out);
    write(key.device(), out);
    write(key.eventType(), out);
    write(key.currency(), out);
    out.writeLong(part.events());
    out.writeLong(part.revenueCents());
    out.writeLong(part.lastIngest());
    out.writeLong(part.users());
    out.writeInt(part.userBytes().length);
    out.write(part.userBytes());
  }

  /**
   * The rows.
   *
   * @param minute the begin of the block's minute, in microseconds since 1970
   */
  List<Tuple2<KpiKey, KpiPart>> parts(long minute) {
    List<Tuple2<KpiKey, KpiPart>> parts = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(rows);
    while (in.hasRemaining()) {
      KpiKey key = new KpiKey(minute, text(in), text(in), text(in), text(in), text(in));
      long partEvents = in.getLong();
      long revenueCents = in.getLong();
      long lastIngest = in.getLong();
      long users = in.getLong();
      byte[] userBytes = bytes(in, in.getInt());
      parts.add(
          new Tuple2<>(key, new KpiPart(partEvents, revenueCents, lastIngest, users, userBytes)));
    }
    return parts;
  }

  private static void write(UTF8String text, DataOutputStream out) throws IOException {
    if (text == null) {
      out.writeInt(NO_TEXT);
    } else {
      out.writeInt(text.numBytes());
      out.write(text.getBytes());
    }
  }

  private static UTF8String text(ByteBuffer in) {
    int length = in.getInt();
    return length == NO_TEXT ? null : UTF8String.fromBytes(bytes(in, length));
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
