// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.internals.FutureRecordMetadata;
import org.apache.kafka.clients.producer.internals.ProduceRequestResult;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

class BatchInternalsTest {

  private static final Callback CALLBACK = (metadata, failure) -> {};
  private static final FutureRecordMetadata FUTURE =
      new FutureRecordMetadata(
          new ProduceRequestResult(new TopicPartition("topic", 0)), 0, 0, -1, 0, Time.SYSTEM);

  @Test
  void aThunkHasItsCallbackAndFuture() {
    assertThat(BatchInternals.newThunk(BatchInternals.thunkLookup()).apply(CALLBACK, FUTURE))
        .hasFieldOrPropertyWithValue("callback", CALLBACK)
        .hasFieldOrPropertyWithValue("future", FUTURE);
  }

  @Test
  void aThunkIsMadeFromAnotherClassLoader() {
    // Given
    MethodHandles.Lookup elsewhere =
        BatchInternals.thunkLookup().dropLookupMode(MethodHandles.Lookup.MODULE);
    assertThat(elsewhere.hasFullPrivilegeAccess()).isFalse();

    // When
    BiFunction<Callback, FutureRecordMetadata, Object> newThunk =
        BatchInternals.newThunk(elsewhere);

    // Then
    assertThat(newThunk.apply(CALLBACK, FUTURE)).hasFieldOrPropertyWithValue("callback", CALLBACK);
  }
}
