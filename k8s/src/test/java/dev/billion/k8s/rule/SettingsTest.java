// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.k8s.Manifests;
import dev.billion.k8s.Rule;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private final Rule emitter = new EmitterSettings();
  private final Rule sink = new SinkArguments(Set.of("--table", "--metrics"));

  @Test
  void whatTheEmitterReadsPasses() {
    assertThat(
            emitter.problems(
                emitter(
                    "EMITTER_RATE",
                    "EMITTER_FLEET_ENABLED",
                    "EMITTER_FLEET_SESSION_TIMEOUT",
                    "EMITTER_REGISTRY_URL",
                    "KAFKA_BOOTSTRAP_SERVERS",
                    "KAFKA_SSL_KEYSTORE_LOCATION",
                    "MP_MESSAGING_OUTGOING_USER_EVENTS_LINGER_MS",
                    "QUARKUS_HTTP_HOST",
                    "BILLION_REGISTRY_PASSWORD")))
        .isEmpty();
  }

  @Test
  void whatTheEmitterDoesNotReadIsFound() {
    assertThat(emitter.problems(emitter("EMITTER_RATES", "EMITTER_FLEET", "KAFKA_SSL_KEYSTORE")))
        .containsExactlyInAnyOrder(
            "the emitter has no setting EMITTER_RATES",
            "the emitter has no setting EMITTER_FLEET",
            "the emitter has no setting KAFKA_SSL_KEYSTORE");
  }

  @Test
  void whatTheSinkIsToldIsWhatItTakes() {
    assertThat(sink.problems(sink("[stream, --table=$(TABLE)]", "{TABLE: s3a://a/b}"))).isEmpty();
    assertThat(sink.problems(sink("[stream, --tables=$(TABLE)]", "{TABLE: s3a://a/b}")))
        .containsExactly("the sink has no option --tables");
    assertThat(sink.problems(sink("[drain, --table=a]", "{}")))
        .containsExactly("the sink is not told to stream: [drain, --table=a]");
  }

  @Test
  void whatTheSinksArgumentsNeedIsThereAndNothingElse() {
    assertThat(sink.problems(sink("[stream, --table=$(TABLE)]", "{TABLES: a, AWS_REGION: b}")))
        .containsExactly(
            "the sink's arguments need a variable TABLE", "the sink does not use TABLES");
  }

  private static Manifests emitter(String... variables) {
    StringBuilder yaml =
        new StringBuilder(
            """
            kind: Deployment
            metadata: {name: emitter}
            spec:
              template:
                spec:
                  containers:
                    - name: emitter
                      env:
            """);
    for (String variable : variables) {
      yaml.append("            - {name: %s, value: a}\n".formatted(variable));
    }
    return Manifests.parse(yaml.toString());
  }

  private static Manifests sink(String arguments, String settings) {
    return Manifests.parse(
        """
        kind: Deployment
        metadata: {name: sink}
        spec:
          template:
            spec:
              containers:
                - {name: sink, args: %s, envFrom: [{configMapRef: {name: sink}}]}
        ---
        kind: ConfigMap
        metadata: {name: sink}
        data: %s
        """
            .formatted(arguments, settings));
  }
}
