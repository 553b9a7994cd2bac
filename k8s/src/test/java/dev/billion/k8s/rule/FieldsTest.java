// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.k8s.Manifests;
import dev.billion.k8s.Rule;
import org.junit.jupiter.api.Test;

class FieldsTest {

  private final Rule kinds = new KnownKinds();
  private final Rule kubernetes = new KubernetesFields();
  private final Rule operators = new OperatorFields();

  @Test
  void aKindOfAnotherVersionIsRefused() {
    assertThat(
            kinds.problems(
                Manifests.parse(
                    """
                    apiVersion: autoscaling/v2beta2
                    kind: HorizontalPodAutoscaler
                    metadata: {name: emitter}
                    """)))
        .singleElement()
        .asString()
        .contains("no such kind: autoscaling/v2beta2 HorizontalPodAutoscaler");
  }

  @Test
  void aMisspeltFieldDeepInADeploymentIsFound() {
    assertThat(
            kubernetes.problems(
                deployment("readinessProbe: {httpGet: {path: /, port: http}, periodSecond: 5}")))
        .singleElement()
        .asString()
        .contains("periodSecond");
  }

  @Test
  void aTextForANumberIsFound() {
    assertThat(kubernetes.problems(deployment("ports: [{name: http, containerPort: web}]")))
        .singleElement()
        .asString()
        .contains("Deployment emitter", "web");
  }

  @Test
  void aDeploymentThatIsRightPasses() {
    assertThat(kubernetes.problems(deployment("ports: [{name: http, containerPort: 8080}]")))
        .isEmpty();
  }

  @Test
  void aMisspeltFieldOfStrimzisIsFound() {
    assertThat(operators.problems(user("operatoins: [Read]")))
        .contains("KafkaUser emitter: no such field: /Spec/Authorization/Acls/operatoins");
  }

  @Test
  void aValueThatStrimziDoesNotKnowIsFound() {
    assertThat(operators.problems(user("operations: [Read, Lead]")))
        .singleElement()
        .asString()
        .contains("Lead");
  }

  @Test
  void aTextForStrimzisNumberIsFound() {
    assertThat(
            operators.problems(
                Manifests.parse(
                    """
                    apiVersion: kafka.strimzi.io/v1
                    kind: KafkaTopic
                    metadata: {name: user-events}
                    spec: {partitions: "120", replicas: three}
                    """)))
        .isNotEmpty();
  }

  @Test
  void aMisspeltFieldOfThePrometheusOperatorIsFound() {
    assertThat(
            operators.problems(
                Manifests.parse(
                    """
                    apiVersion: monitoring.coreos.com/v1
                    kind: PodMonitor
                    metadata: {name: sink}
                    spec:
                      selector: {}
                      podMetricsEndpoints: [{port: metrics, intervall: 15s}]
                    """)))
        .singleElement()
        .asString()
        .contains("intervall");
  }

  private static Manifests deployment(String ofContainer) {
    return Manifests.parse(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: emitter}
        spec:
          selector: {matchLabels: {app: emitter}}
          template:
            metadata: {labels: {app: emitter}}
            spec:
              containers:
                - name: emitter
                  image: billion/emitter:1
                  %s
        """
            .formatted(ofContainer));
  }

  private static Manifests user(String ofRight) {
    return Manifests.parse(
        """
        apiVersion: kafka.strimzi.io/v1
        kind: KafkaUser
        metadata: {name: emitter}
        spec:
          authentication: {type: tls}
          authorization:
            type: simple
            acls:
              - resource: {type: topic, name: user-events}
                %s
        """
            .formatted(ofRight));
  }
}
