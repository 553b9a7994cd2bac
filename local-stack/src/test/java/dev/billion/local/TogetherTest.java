// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TogetherTest {

  @Test
  void whatIsDoneAtOnceComesBackInItsOrder() throws Exception {
    // Given
    CountDownLatch secondIsDone = new CountDownLatch(1);
    Callable<Integer> first =
        () -> {
          secondIsDone.await();
          return 1;
        };
    Callable<Integer> second =
        () -> {
          secondIsDone.countDown();
          return 2;
        };

    // When
    List<Integer> results = Together.call(List.of(first, second));

    // Then
    assertThat(results).containsExactly(1, 2);
  }

  @Test
  void theFirstFailureInterruptsTheOthersAndIsTold() {
    // Given
    AtomicBoolean interrupted = new AtomicBoolean();
    Callable<Void> forEver =
        () -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.set(true);
          }
          return null;
        };
    Callable<Void> failing =
        () -> {
          throw new LocalStackException("no luck");
        };

    // When, Then
    assertThatThrownBy(() -> Together.call(List.of(forEver, failing)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .hasMessage("no luck");
    assertThat(interrupted).isTrue();
  }
}
