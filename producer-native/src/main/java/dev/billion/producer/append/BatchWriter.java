// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.append;

import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.internals.ProduceRequestResult;
import org.apache.kafka.clients.producer.internals.ProducerBatch;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.MemoryRecordsBuilder;
import org.apache.kafka.common.record.Record;

/**
 * Writes values to the end of one of the producer's batches, a block of them at a time. For one
 * thread, with the partition's batches locked.
 */
final class BatchWriter {

  /** Small enough for the processor's first cache. */
  private static final int BLOCK_BYTES = 16 * 1024;

  private final RecordBlock block = new RecordBlock(BLOCK_BYTES);
  private ProducerBatch batch;
  private MemoryRecordsBuilder builder;
  private ProduceRequestResult result;
  private List<Object> thunks;
  private long time;
  private long millisLater;
  private int index;
  private int longest;
  private int largest;

  /**
   * Begins to write to a batch that has records already.
   *
   * @param newTime of the records, ms since 1970
   */
  void begin(ProducerBatch newBatch, long newTime) {
    batch = newBatch;
    builder = BatchInternals.builder(newBatch);
    result = BatchInternals.result(newBatch);
    thunks = BatchInternals.thunks(newBatch);
    time = newTime;
    millisLater = newTime - BatchInternals.firstTime(builder);
    index = BatchInternals.records(newBatch);
    longest = -1;
  }

  /** Whether values as long can be written here at all. */
  static boolean takes(byte[] value) {
    return value != null && value.length <= BLOCK_BYTES - RecordBlock.MAX_OVERHEAD;
  }

  /**
   * Writes a value.
   *
   * @param callback what is told of it
   * @return false if the batch has no room for it
   */
  boolean write(byte[] value, Callback callback) {
    int size = value.length + RecordBlock.MAX_OVERHEAD;
    if (value.length > block.room() || !builder.hasRoomFor(block.bytes() + size)) {
      flush();
      if (!builder.hasRoomFor(size)) { // what is written counts as compressed
        return false;
      }
    }
    thunks.add(BatchInternals.thunk(result, index, time, value, callback));
    block.add(millisLater, index, value);
    index++;
    noteSize(value);
    return true;
  }

  private void noteSize(byte[] value) {
    if (value.length > longest) {
      longest = value.length;
      largest =
          AbstractRecords.estimateSizeInBytesUpperBound(
              builder.magic(), builder.compression().type(), null, value, Record.EMPTY_HEADERS);
    }
  }

  /** Has the batch hold all that was written. */
  void flush() {
    if (block.records() > 0) {
      try {
        BatchInternals.write(batch, block, time, largest);
      } finally {
        block.clear();
      }
    }
  }
}
