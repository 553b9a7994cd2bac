// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billion.k8s.Manifest;
import dev.billion.k8s.Manifests;
import dev.billion.k8s.Nodes;
import dev.billion.k8s.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The kinds of Strimzi and of the Prometheus operator are what their own models make of them: no
 * field is unknown, and each value comes back as it was. Those that are the default do not, and are
 * not to be written.
 */
public final class OperatorFields implements Rule {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "kafka.strimzi.io/v1 Kafka", Kafka.class,
          "kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class,
          "kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class,
          "kafka.strimzi.io/v1 KafkaUser", KafkaUser.class,
          "monitoring.coreos.com/v1 PodMonitor", PodMonitor.class,
          "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class);

  static boolean knows(Manifest manifest) {
    return KINDS.containsKey(manifest.type());
  }

  @Override
  public List<String> problems(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    manifests.all().stream()
        .filter(OperatorFields::knows)
        .forEach(manifest -> check(manifest, problems));
    return problems;
  }

  private static void check(Manifest manifest, List<String> problems) {
    Object model;
    try {
      model = JSON.treeToValue(manifest.document(), KINDS.get(manifest.type()));
    } catch (JsonProcessingException e) {
      problems.add(manifest + ": " + e.getOriginalMessage());
      return;
    }
    Unknown.fields(model).forEach(path -> problems.add(manifest + ": no such field: " + path));
    JsonNode understood = JSON.valueToTree(model);
    Nodes.visit(
        manifest.document(),
        (pointer, node) -> {
          if (node.isValueNode()
              && !pointer.equals("/apiVersion") // the models have an older one, of the same fields
              && !node.equals(understood.at(pointer))) {
            problems.add("%s: not valid: %s %s".formatted(manifest, pointer, node));
          }
        });
  }
}
