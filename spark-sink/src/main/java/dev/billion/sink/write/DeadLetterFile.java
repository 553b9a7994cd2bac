// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.write;

import dev.billion.sink.decode.Defect;
import dev.billion.sink.table.TableLayout;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The file that a task writes dead letters into, if there are any. For one thread. */
public final class DeadLetterFile {

  private final String table;
  private final Configuration hadoop;
  private NewFile file;
  private DeadLetterRows rows;

  /**
   * @param table the table's address
   */
  public DeadLetterFile(String table, Configuration hadoop) {
    this.table = table;
    this.hadoop = hadoop;
  }

  public void write(ConsumerRecord<byte[], byte[]> record, Defect defect) throws IOException {
    if (file == null) {
      file = NewFile.open(table, null, TableLayout.DEAD_LETTERS, hadoop);
      rows = new DeadLetterRows(file.content());
    }
    rows.write(record, defect);
  }

  /** Closes the file and tells of it. */
  public List<DataFile> close() throws IOException {
    return file == null ? List.of() : List.of(file.close());
  }

  /** Gives up what was written, as far as that is possible. */
  public void discard() {
    if (file != null) {
      file.discard();
    }
  }
}
