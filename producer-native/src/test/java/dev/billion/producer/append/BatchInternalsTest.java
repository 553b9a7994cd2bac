// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.internals.ProduceRequestResult;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BatchInternalsTest {

  private static final Callback CALLBACK = (metadata, failure) -> {};
  private static final ProduceRequestResult RESULT =
      new ProduceRequestResult(new TopicPartition("topic", 0));

  @Test
  void aThunkHasWhatIsToldOfItsRecord() {
    assertThat(BatchInternals.thunk(RESULT, 3, 4, new byte[7], CALLBACK))
        .hasFieldOrPropertyWithValue("callback", CALLBACK)
        .hasFieldOrPropertyWithValue("future.batchIndex", 3)
        .hasFieldOrPropertyWithValue("future.createTimestamp", 4L)
        .hasFieldOrPropertyWithValue("future.serializedValueSize", 7);
  }

  @Test
  void aThunkIsMadeWhereOurClassesHaveALoaderOfTheirOwn() throws Exception {
    // Given
    Class<?> ours = new OurLoader().loadClass(BatchInternals.class.getName());
    assertThat(ours).isNotSameAs(BatchInternals.class);
    Method thunk =
        ours.getDeclaredMethod(
            "thunk",
            ProduceRequestResult.class,
            int.class,
            long.class,
            byte[].class,
            Callback.class);
    thunk.setAccessible(true);

    // When
    Object made = thunk.invoke(null, RESULT, 0, 0L, new byte[7], CALLBACK);

    // Then
    assertThat(made)
        .hasFieldOrPropertyWithValue("callback", CALLBACK)
        .hasFieldOrPropertyWithValue("future.serializedValueSize", 7);
  }

  /** As Quarkus's development mode has it. */
  private static final class OurLoader extends ClassLoader {

    OurLoader() {
      super(BatchInternals.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(BatchInternals.class.getPackageName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] content = bytes.readAllBytes();
        return defineClass(name, content, 0, content.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
