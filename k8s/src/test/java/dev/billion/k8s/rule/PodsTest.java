// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.k8s.Manifests;
import dev.billion.k8s.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pod that every rule is content with, and what becomes of that as one thing of it changes. */
class PodsTest {

  private static final List<Rule> RULES =
      List.of(
          new Selectors(),
          new Ports(),
          new Images(),
          new References(),
          new Resources(),
          new Restricted(),
          new Grace());

  private static final String GOOD =
      """
      kind: Namespace
      metadata: {name: billion, labels: {pod-security.kubernetes.io/enforce: restricted}}
      ---
      kind: ServiceAccount
      metadata: {name: emitter}
      ---
      kind: ConfigMap
      metadata: {name: emitter}
      data: {EMITTER_DRAIN_TIMEOUT: 40s}
      ---
      kind: KafkaUser
      metadata: {name: emitter}
      ---
      kind: Deployment
      metadata: {name: emitter}
      spec:
        selector:
          matchLabels: {app: emitter}
        template:
          metadata:
            labels: {app: emitter}
          spec:
            serviceAccountName: emitter
            automountServiceAccountToken: false
            enableServiceLinks: false
            terminationGracePeriodSeconds: 60
            securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
            containers:
              - name: emitter
                image: registry:5000/billion/emitter:1.0
                envFrom: [{configMapRef: {name: emitter}}]
                env: [{name: A, valueFrom: {secretKeyRef: {name: emitter, key: user.password}}}]
                ports: [{name: http, containerPort: 8080}]
                resources: {requests: {cpu: 500m, memory: 192Mi}, limits: {cpu: "1", memory: 256Mi}}
                startupProbe: {httpGet: {port: http}}
                readinessProbe: {httpGet: {port: http}}
                livenessProbe: {tcpSocket: {port: 8080}}
                securityContext:
                  allowPrivilegeEscalation: false
                  readOnlyRootFilesystem: true
                  capabilities: {drop: [ALL]}
                volumeMounts: [{name: user, mountPath: /user}]
            volumes:
              - name: user
                secret: {secretName: emitter, items: [{key: user.p12, path: user.p12}]}
      ---
      kind: Service
      metadata: {name: emitter}
      spec: {selector: {app: emitter}, ports: [{port: 80, targetPort: http}]}
      ---
      kind: PodDisruptionBudget
      metadata: {name: emitter}
      spec:
        selector:
          matchExpressions: [{key: app, operator: In, values: [emitter]}]
      ---
      kind: NetworkPolicy
      metadata: {name: emitter}
      spec:
        podSelector: {}
        ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: prometheus}}}], ports: [{port: http}]}]
        egress: [{to: [{podSelector: {matchLabels: {app: emitter}}}], ports: [{port: 8080}]}]
      """;

  @Test
  void aPodThatIsRightPasses() {
    assertThat(problems(GOOD)).isEmpty();
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "labels: {app: emitter} | labels: {app: emiter} | selects no pod",
        "{app: emitter}\\n  template | {app: e}\\n  template | its selector is not what its pods are labelled",
        "values: [emitter] | values: [emitter, sink] | PodDisruptionBudget emitter: /spec selects no pod",
        "{selector: {app: emitter} | {selector: {app: registry} | Service emitter: /spec selects no pod",
        "to: [{podSelector: {matchLabels: {app: emitter} | to: [{podSelector: {matchLabels: {app: kafka} | NetworkPolicy emitter: /spec/egress/0/to/0 selects no pod",
        "targetPort: http | targetPort: https | its pods have no port https",
        "ports: [{port: http}] | ports: [{port: metrics}] | its pods have no port metrics",
        "ports: [{port: 8080}] | ports: [{port: 8081}] | its pods have no port 8081",
        "startupProbe: {httpGet: {port: http}} | startupProbe: {httpGet: {port: web}} | startupProbe of no port",
        "livenessProbe | lifenessProbe | no livenessProbe",
        "emitter:1.0 | emitter | image is not pinned",
        "emitter:1.0 | emitter:latest | image is not pinned",
        "emitter:1.0 | emitter@sha256:abc | image is not pinned",
        "configMapRef: {name: emitter} | configMapRef: {name: emit} | no ConfigMap \"emit\"",
        "secretKeyRef: {name: emitter | secretKeyRef: {name: emit | no Secret \"emit\"",
        "key: user.password | key: password | has no \"password\"",
        "items: [{key: user.p12 | items: [{key: user.jks | has no \"user.jks\"",
        "serviceAccountName: emitter | serviceAccountName: emit | no ServiceAccount \"emit\"",
        "volumeMounts: [{name: user | volumeMounts: [{name: users | no volume \"users\"",
        "kind: KafkaUser | kind: Secret | secrets are not kept here",
        "limits: {cpu: \"1\", memory: 256Mi} | limits: {cpu: \"1\"} | no request or no limit of memory",
        "memory: 192Mi | memory: 1Gi | requests more memory than its limit",
        "enforce: restricted | enforce: baseline | does not enforce restricted pods",
        "runAsNonRoot: true, | '' | runAsNonRoot is not true",
        "runAsUser: 10001 | runAsUser: 0 | runs as root",
        "type: RuntimeDefault | type: Unconfined | seccompProfile.type is not RuntimeDefault",
        "automountServiceAccountToken: false | automountServiceAccountToken: true | automountServiceAccountToken is not false",
        "enableServiceLinks: false | hostNetwork: true | hostNetwork",
        "allowPrivilegeEscalation: false | privileged: true | privileged",
        "readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | readOnlyRootFilesystem is not true",
        "drop: [ALL] | drop: [ALL], add: [NET_RAW] | privileged",
        "secret: {secretName: emitter, | hostPath: {path: /, | hostPath",
        "terminationGracePeriodSeconds: 60 | terminationGracePeriodSeconds: 59 | has 59 s to end, needs 60 s",
      })
  void whatIsWrongIsFound(String right, String wrong, String problem) {
    String good = right.replace("\\n", "\n");
    assertThat(GOOD).contains(good);

    assertThat(problems(GOOD.replace(good, wrong.replace("\\n", "\n"))))
        .anySatisfy(line -> assertThat(line).contains(problem));
  }

  private static List<String> problems(String yaml) {
    Manifests manifests = Manifests.parse(yaml);
    return RULES.stream().flatMap(rule -> rule.problems(manifests).stream()).toList();
  }
}
