// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billion.producer.control.FleetTopics;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the users of Kafka may do, with the names that the fleet gives its own. */
class RightsTest {

  private static final String TOPIC = "user-events";

  private final Manifests users =
      Manifests.parse(Sources.read(Sources.here().manifests().resolve("base/kafka/users.yaml")));

  @Test
  void anEmitterMaySendEventsAndDeadLettersAndReadNeither() {
    assertThat(rights("emitter", "topic", TOPIC)).containsExactlyInAnyOrder("Describe", "Write");
    assertThat(rights("emitter", "topic", TOPIC + "-dead-letters"))
        .containsExactlyInAnyOrder("Describe", "Write");
  }

  @Test
  void anEmitterMayMakeAndShareTheShardsOfItsFleet() {
    assertThat(rights("emitter", "topic", FleetTopics.shards(TOPIC, 64)))
        .containsExactlyInAnyOrder("Create", "Describe", "Read");
    assertThat(rights("emitter", "group", FleetTopics.group(TOPIC, "01a208887d6a")))
        .containsExactlyInAnyOrder("Describe", "Read");
  }

  @Test
  void theSinkMayReadEventsAndNothingElse() {
    assertThat(rights("sink", "topic", TOPIC)).containsExactlyInAnyOrder("Describe", "Read");
    assertThat(rights("sink", "topic", FleetTopics.shards(TOPIC, 64))).isEmpty();
    assertThat(rights("sink", "transactionalId", TOPIC + "-control")).isEmpty();
  }

  @Test
  void nobodyElseMayTouchTheEvents() {
    assertThat(users.of("KafkaUser").map(Manifest::name)).contains("emitter", "sink", "registry");
    assertThat(rights("registry", "topic", TOPIC)).isEmpty();
  }

  private Set<String> rights(String user, String type, String name) {
    return Pod.elements(users.find("KafkaUser", user).orElseThrow().at("spec.authorization.acls"))
        .filter(right -> isFor(right.path("resource"), type, name))
        .flatMap(right -> Pod.elements(right.path("operations")))
        .map(JsonNode::asText)
        .collect(toSet());
  }

  private static boolean isFor(JsonNode resource, String type, String name) {
    String named = resource.path("name").asText();
    return resource.path("type").asText().equals(type)
        && (resource.path("patternType").asText().equals("prefix")
            ? name.startsWith(named)
            : name.equals(named));
  }
}
