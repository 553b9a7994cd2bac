// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.append;

import static dev.billion.producer.append.ClientInternals.field;
import static java.lang.invoke.MethodType.methodType;

import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.internals.FutureRecordMetadata;
import org.apache.kafka.clients.producer.internals.ProduceRequestResult;
import org.apache.kafka.clients.producer.internals.ProducerBatch;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.record.MemoryRecordsBuilder;
import org.apache.kafka.common.utils.Time;

/**
 * What {@link BatchWriter} uses of a batch of Kafka's producer and that is not public: its bytes,
 * and who is told of its records. To be called with the partition's batches locked.
 */
final class BatchInternals {

  private static final Class<?> THUNK =
      ClientInternals.load("org.apache.kafka.clients.producer.internals.ProducerBatch$Thunk");

  private static final VarHandle BUILDER = ofBatch("recordsBuilder", MemoryRecordsBuilder.class);
  private static final VarHandle RESULT = ofBatch("produceFuture", ProduceRequestResult.class);
  private static final VarHandle THUNKS = ofBatch("thunks", List.class);
  private static final VarHandle COUNT = ofBatch("recordCount", int.class);
  private static final VarHandle LARGEST = ofBatch("maxRecordSize", int.class);
  private static final VarHandle LAST_APPEND = ofBatch("lastAppendTime", long.class);

  private static final VarHandle STREAM = ofBuilder("appendStream", DataOutputStream.class);
  private static final VarHandle RECORDS = ofBuilder("numRecords", int.class);
  private static final VarHandle BYTES = ofBuilder("uncompressedRecordsSizeInBytes", int.class);
  private static final VarHandle LAST_OFFSET = ofBuilder("lastOffset", Long.class);
  private static final VarHandle FIRST_TIME = ofBuilder("baseTimestamp", Long.class);
  private static final VarHandle LATEST_TIME = ofBuilder("maxTimestamp", long.class);
  private static final VarHandle LATEST_OFFSET = ofBuilder("offsetOfMaxTimestamp", long.class);

  private static final BiFunction<Callback, FutureRecordMetadata, Object> NEW_THUNK = newThunk();

  private BatchInternals() {}

  static MemoryRecordsBuilder builder(ProducerBatch batch) {
    return (MemoryRecordsBuilder) BUILDER.get(batch);
  }

  static int records(ProducerBatch batch) {
    return (int) COUNT.get(batch);
  }

  /** When the batch's first record was appended, ms since 1970. */
  static long firstTime(MemoryRecordsBuilder builder) {
    return (Long) FIRST_TIME.get(builder);
  }

  /** What becomes of a batch. */
  static ProduceRequestResult result(ProducerBatch batch) {
    return (ProduceRequestResult) RESULT.get(batch);
  }

  /**
   * Who is told of a record.
   *
   * @param index of the record in its batch
   * @param time of the record, ms since 1970
   */
  static Object thunk(
      ProduceRequestResult result, int index, long time, byte[] value, Callback callback) {
    return NEW_THUNK.apply(
        callback, new FutureRecordMetadata(result, index, time, -1, value.length, Time.SYSTEM));
  }

  @SuppressWarnings("unchecked") // as it is declared there, of a class that is private
  static List<Object> thunks(ProducerBatch batch) {
    return (List<Object>) THUNKS.get(batch);
  }

  /**
   * Adds records to the end of a batch that has some already, as {@code
   * MemoryRecordsBuilder.append} and {@code ProducerBatch.tryAppend} do for each.
   *
   * @param time of each of them, ms since 1970
   * @param largest what the largest would take in a batch of its own, bytes, at most
   */
  static void write(ProducerBatch batch, RecordBlock block, long time, int largest) {
    MemoryRecordsBuilder builder = builder(batch);
    long before = (int) RECORDS.get(builder);
    try {
      block.writeTo((DataOutputStream) STREAM.get(builder));
    } catch (IOException e) {
      throw new KafkaException("the batch does not take records: " + e.getMessage(), e);
    }
    RECORDS.set(builder, (int) before + block.records());
    BYTES.set(builder, (int) BYTES.get(builder) + block.bytes());
    LAST_OFFSET.set(builder, (Long) (before + block.records() - 1));
    if (time > (long) LATEST_TIME.get(builder)) {
      LATEST_TIME.set(builder, time);
      LATEST_OFFSET.set(builder, before);
    }
    COUNT.set(batch, (int) COUNT.get(batch) + block.records());
    LARGEST.set(batch, Math.max((int) LARGEST.get(batch), largest));
    LAST_APPEND.set(batch, time);
  }

  private static VarHandle ofBatch(String name, Class<?> type) {
    return field(ProducerBatch.class, name, type);
  }

  private static VarHandle ofBuilder(String name, Class<?> type) {
    return field(MemoryRecordsBuilder.class, name, type);
  }

  /**
   * The constructor as a lambda, which native code calls as any other, while it interprets handles
   * of constructors. Where Kafka's client has another class loader than we have, as in Quarkus's
   * development mode, there is the handle only.
   */
  @SuppressWarnings("unchecked")
  private static BiFunction<Callback, FutureRecordMetadata, Object> newThunk() {
    MethodType types = methodType(THUNK, Callback.class, FutureRecordMetadata.class);
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(THUNK, MethodHandles.lookup());
      MethodHandle constructor = lookup.findConstructor(THUNK, types.changeReturnType(void.class));
      return lookup.hasFullPrivilegeAccess()
          ? (BiFunction)
              LambdaMetafactory.metafactory(
                      lookup,
                      "apply",
                      methodType(BiFunction.class),
                      types.generic(),
                      constructor,
                      types)
                  .getTarget()
                  .invokeExact()
          : MethodHandleProxies.asInterfaceInstance(BiFunction.class, constructor);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
