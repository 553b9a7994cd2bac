// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.k8s.Kustomize;
import dev.billion.k8s.Manifest;
import dev.billion.k8s.Manifests;
import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import dev.billion.local.soak.CommittedRecords;
import dev.billion.schemas.EventId;
import dev.billion.schemas.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manifests against a real API server and real controllers, whose binaries {@value
 * Assets#VARIABLE} names. What has no place on one machine is stood in for: the kubelet by {@link
 * LoopbackNode}, the adapters of metrics by {@link MetricsServer}.
 */
@Tag("cluster")
class ClusterIT {

  private static final Path K8S = Path.of("").toAbsolutePath();
  private static final String TOPIC = "user-events";

  /** Groups of kinds that operators define, which are not there. */
  private static final Pattern OPERATORS =
      Pattern.compile("(kafka\\.strimzi\\.io|monitoring\\.coreos\\.com)/");

  /** Records/s of a pod, for the fleet of a machine with a few cores. */
  private static final String CAPACITY = "2k";

  @TempDir private static Path directory;
  private static Kustomize kustomize;
  private static ControlPlane plane;

  @BeforeAll
  static void start() throws Exception {
    kustomize = Kustomize.find(System.getenv("PATH"), K8S.resolve("overlays/aws")).orElseThrow();
    plane = ControlPlane.start(Assets.ofEnvironment(), directory.resolve("kubernetes"));
  }

  @AfterAll
  static void stop() {
    if (plane != null) {
      plane.close();
    }
  }

  @Test
  void theServerTakesEveryManifest() throws Exception {
    // Given
    ServedApis apis = new ServedApis(plane);
    List<Manifest> manifests = new ArrayList<>();
    for (Path folder : folders()) {
      manifests.addAll(kustomize.render(folder).all());
    }
    manifests.stream().filter(each -> each.kind().equals("Namespace")).forEach(apis::apply);
    apis.apply(namespace("monitoring")); // prometheus-adapter's own

    // When
    List<String> faults = new ArrayList<>();
    TreeSet<String> unknown = new TreeSet<>();
    for (Manifest manifest : manifests) {
      Optional<ServedApis.Placed> placed = apis.place(manifest);
      if (placed.isEmpty()) {
        unknown.add(manifest.type());
      } else {
        placed.get().without().forEach(field -> unknown.add(manifest.type() + ": " + field));
        Api.Answer answer = plane.api().dryRun(placed.get().path(), placed.get().object());
        if (!answer.ok()) {
          faults.add(manifest + ": " + answer.message());
        }
      }
    }

    // Then
    System.out.printf(
        "%d manifests on Kubernetes 1.%d; what it does not know: %s%n",
        manifests.size(), plane.minor(), unknown);
    assertThat(faults).isEmpty();
    assertThat(unknown)
        .allMatch(type -> OPERATORS.matcher(type).lookingAt() || type.contains(": "));
  }

  @Test
  void theFleetHasAsManyMembersAsTheDemandedRateNeeds() throws Exception {
    // Given
    Manifests manifests = kustomize.render(K8S.resolve(Path.of("overlays", "aws")));
    Manifest monitor = manifests.find("PodMonitor", "emitter").orElseThrow();
    Tls.Identity identity = Tls.selfSigned(MetricsApis.HOST, directory);
    try (LocalStack stack =
            LocalStack.builder()
                .directory(directory.resolve("stack"))
                .topic(Topic.of(TOPIC, 12))
                .topic(Topic.of(TOPIC + "-dead-letters", 1))
                .start();
        Fleet fleet = new Fleet(plane, stack, "1500");
        PodDiscovery pods = new PodDiscovery(plane.api(), Fleet.NAMESPACE);
        Prometheus prometheus =
            Prometheus.start(
                ScrapeConfiguration.of(monitor, pods), directory.resolve("prometheus"));
        MetricsServer metrics =
            new MetricsServer(identity, rules(), prometheus, plane.api(), fleet.node())) {
      MetricsApis.register(plane, metrics, identity);

      // When
      ServedApis apis = new ServedApis(plane);
      emitters(manifests).forEach(apis::apply);
      apis.apply(small(manifests.find("HorizontalPodAutoscaler", "emitter").orElseThrow()));
      fleet.awaitReplicas(1);
      fleet.control("rate", "7000");
      fleet.awaitReplicas(4);
      fleet.control("rate", "1500");
      fleet.awaitReplicas(1);
      fleet.leave();

      // Then
      JsonNode status = fleet.status().orElseThrow();
      Sent sent = new Sent(status);
      CommittedRecords.read(
          stack.broker(),
          TOPIC,
          Duration.ofSeconds(30),
          value -> sent.found(EventId.read(value, WireFormat.HEADER_BYTES)));
      System.out.printf(
          "%,d events of run %s%n", status.get("committed").asLong(), status.get("run"));
      assertThat(sent.missing()).isZero();
      assertThat(sent.others()).isZero();
      assertThat(status.get("committed").asLong()).isGreaterThan(10_000);
    }
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> overlays = Files.list(K8S.resolve("overlays"))) {
      return Stream.concat(overlays, Stream.of(K8S.resolve("adapter"))).sorted().toList();
    }
  }

  private static List<ExternalRule> rules() {
    Manifest map =
        kustomize.render(K8S.resolve("adapter")).find("ConfigMap", "billion-adapter").orElseThrow();
    String configuration = map.at("data").get("config.yaml").asText();
    return ExternalRule.of(Manifests.parse(configuration).all().get(0).document());
  }

  private static List<Manifest> emitters(Manifests manifests) {
    return manifests.all().stream()
        .filter(
            each ->
                switch (each.kind()) {
                  case "Namespace", "ConfigMap" -> true;
                  case "ServiceAccount", "Deployment", "PodDisruptionBudget" ->
                      each.name().equals("emitter");
                  default -> false;
                })
        .toList();
  }

  /** The autoscaler with small pods, that are taken away after seconds in place of minutes. */
  private static Manifest small(Manifest manifest) {
    JsonNode autoscaler = manifest.document().deepCopy();
    ObjectNode spec = (ObjectNode) autoscaler.get("spec");
    spec.put("minReplicas", 1).put("maxReplicas", 6);
    for (JsonNode metric : spec.get("metrics")) {
      if (metric.at("/external/target/type").asText().equals("AverageValue")) {
        ((ObjectNode) metric.at("/external/target")).put("averageValue", CAPACITY);
      }
    }
    ObjectNode down = (ObjectNode) spec.at("/behavior/scaleDown");
    down.put("stabilizationWindowSeconds", 5);
    down.get("policies").forEach(policy -> ((ObjectNode) policy).put("periodSeconds", 5));
    return new Manifest(autoscaler);
  }

  private static Manifest namespace(String name) {
    ObjectNode namespace = JsonNodeFactory.instance.objectNode();
    namespace.put("apiVersion", "v1").put("kind", "Namespace").putObject("metadata");
    namespace.withObject("/metadata").put("name", name);
    return new Manifest(namespace);
  }
}
