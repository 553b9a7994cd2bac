// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.k8s.Manifests;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutoscalingTest {

  private static final String DEMAND =
      "{type: External, external: {metric: {name: demand}, target: {type: AverageValue, averageValue: 100k}}}";

  @Test
  void oneThatIsRightPasses() {
    assertThat(problems(scaler(2, 64, DEMAND))).isEmpty();
  }

  @Test
  void boundsAreInOrderAndNotBeyondTheShards() {
    assertThat(problems(scaler(9, 3, DEMAND))).singleElement().asString().contains("9, 3");
    assertThat(problems(scaler(0, 3, DEMAND))).singleElement().asString().contains("0, 3");
    assertThat(problems(scaler(2, 65, DEMAND)))
        .singleElement()
        .asString()
        .contains("64 shards: 65");
  }

  @Test
  void aMetricIsOfItsTypeAndTheAdapterHasIt() {
    assertThat(problems(scaler(2, 64, DEMAND.replace("type: External", "type: Pods"))))
        .singleElement()
        .asString()
        .contains("not a metric of its type");
    assertThat(problems(scaler(2, 64, DEMAND.replace("demand", "demnd"))))
        .containsExactly("HorizontalPodAutoscaler emitter: the adapter has no metric 'demnd'");
  }

  @Test
  void aTargetIsOfItsTypeAndAboveZero() {
    for (String wrong :
        List.of(
            DEMAND.replace("averageValue:", "value:"),
            DEMAND.replace("AverageValue", "Utilization"),
            DEMAND.replace("100k", "\"0\""))) {
      assertThat(problems(scaler(2, 64, wrong)))
          .anySatisfy(problem -> assertThat(problem).contains("not a target of External"));
    }
  }

  @Test
  void utilizationIsOfWhatIsRequested() {
    assertThat(
            problems(
                scaler(
                    2,
                    64,
                    "{type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 80}}}")))
        .singleElement()
        .asString()
        .contains("utilization of what is not requested");
  }

  @Test
  void itIsTheOnlyOneToSayHowMany() {
    assertThat(
            problems(
                scaler(2, 64, DEMAND).replace("spec: {template", "spec: {replicas: 2, template")))
        .containsExactly("Deployment emitter: has replicas and HorizontalPodAutoscaler emitter");
  }

  @Test
  void itIsFasterUpThanDown() {
    assertThat(
            problems(
                scaler(2, 64, DEMAND)
                    .replace(
                        "behavior: {}", "behavior: {scaleUp: {stabilizationWindowSeconds: 600}}")))
        .singleElement()
        .asString()
        .contains("up after 600 s, down after 300 s");
  }

  private static List<String> problems(String yaml) {
    return new Autoscaling(Set.of("demand")).problems(Manifests.parse(yaml));
  }

  private static String scaler(int min, int max, String metric) {
    return """
        kind: HorizontalPodAutoscaler
        metadata: {name: emitter}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: emitter}
          minReplicas: %d
          maxReplicas: %d
          metrics: [%s]
          behavior: {}
        ---
        kind: ConfigMap
        metadata: {name: emitter}
        data: {EMITTER_SHARDS: "64"}
        ---
        kind: Deployment
        metadata: {name: emitter}
        spec: {template: {spec: {containers: [{resources: {requests: {cpu: 500m}}}]}}}
        """
        .formatted(min, max, metric);
  }
}
