// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.kpi;

import dev.billion.sink.parquet.FlatFile;
import java.io.IOException;
import org.apache.spark.unsafe.types.UTF8String;

/** Writes rows of the KPI table into a file. For one thread. */
final class KpiRows {

  private final FlatFile file;
  private int column;

  KpiRows(FlatFile file) {
    this.file = file;
  }

  void write(KpiKey key, KpiPart sum) throws IOException {
    column = 0;
    number(key.minute());
    text(key.region());
    text(key.category());
    text(key.device());
    text(key.eventType());
    text(key.currency());
    number(sum.events());
    number(sum.revenueCents());
    number(sum.users());
    bytes(sum.userBytes());
    number(sum.lastIngest());
    file.endRow();
  }

  private void number(long value) {
    file.numbers(column++).add(value);
  }

  private void text(UTF8String value) {
    if (value == null) {
      file.texts(column++).addNull();
    } else {
      bytes(value.getBytes());
    }
  }

  private void bytes(byte[] value) {
    file.texts(column++).add(value, 0, value.length);
  }
}
