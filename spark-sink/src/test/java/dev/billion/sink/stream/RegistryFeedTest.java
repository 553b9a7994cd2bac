// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.testing.HttpRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RegistryFeedTest {

  private final List<Boolean> told = new CopyOnWriteArrayList<>();
  private final Observer observer =
      new Observer() {
        @Override
        public void registry(boolean answers) {
          told.add(answers);
        }
      };

  @Test
  void aRegistryThatIsThereAnswersWhateverSchemasItHas() {
    try (HttpRegistry registry = new HttpRegistry();
        RegistryFeed feed = new RegistryFeed(registry.config(), observer)) {
      await().until(() -> told.equals(List.of(true)));
      registry.put(1, UserEvent.getClassSchema());
      assertThat(feed.answers()).isTrue();
      registry.putAnswer(1, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}");
      assertThat(feed.answers()).isTrue();
    }
  }

  @Test
  void aRegistryThatIsGoneOrIsNoneDoesNot() {
    HttpRegistry registry = new HttpRegistry();
    try (RegistryFeed feed = new RegistryFeed(registry.config(), observer)) {
      registry.putAnswer(1, "<html>");
      assertThat(feed.answers()).isFalse();
      registry.close();
      assertThat(feed.answers()).isFalse();
    }
  }
}
