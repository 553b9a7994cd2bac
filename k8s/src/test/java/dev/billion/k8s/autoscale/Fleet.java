// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.local.Checkout;
import dev.billion.local.ChildProcess;
import dev.billion.local.LocalStack;
import dev.billion.local.program.Emitter;
import dev.billion.local.program.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The emitters of the manifests, on a cluster whose pods are processes of this machine. */
final class Fleet implements AutoCloseable {

  static final String NAMESPACE = "billion";

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String DEPLOYMENT =
      "/apis/apps/v1/namespaces/%s/deployments/emitter".formatted(NAMESPACE);
  private static final String PODS =
      "/api/v1/namespaces/%s/pods?labelSelector=app.kubernetes.io/name=emitter"
          .formatted(NAMESPACE);

  /** A JVM that is ready soon, and small. */
  private static final List<String> SMALL =
      List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final ControlPlane plane;
  private final LocalStack stack;
  private final List<String> emitter;
  private final Path logs;
  private final LoopbackNode node;

  Fleet(ControlPlane plane, LocalStack stack, String rate) {
    this.plane = plane;
    this.stack = stack;
    this.emitter = Emitter.command(Checkout.find(), stack.java(), SMALL);
    this.logs = stack.directory().resolve("logs");
    Map<String, String> here =
        Map.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            stack.bootstrap(),
            "KAFKA_SECURITY_PROTOCOL",
            "PLAINTEXT",
            "EMITTER_REGISTRY_URL",
            stack.registryUrl(),
            "EMITTER_RATE",
            rate);
    this.node =
        new LoopbackNode(plane.api(), NAMESPACE, new LoopbackNode.Runtime(emitter, here, logs));
  }

  LoopbackNode node() {
    return node;
  }

  /** {@code ./billion control}. */
  void control(String... arguments) {
    ChildProcess control =
        ChildProcess.start(
            new ChildProcess.Command("control", control(List.of(arguments)), Map.of(), log()));
    if (control.onExit().join() != 0) {
      throw new IllegalStateException(control.ended());
    }
  }

  /** What {@code ./billion control status} says, once a run was opened. */
  Optional<JsonNode> status() {
    Program status = Program.start("control", control(List.of("status", "--json")), log());
    status.status();
    return status.feed().summary();
  }

  private List<String> control(List<String> arguments) {
    List<String> command = new ArrayList<>(emitter);
    command.add("control");
    command.addAll(arguments);
    command.addAll(List.of("--bootstrap", stack.bootstrap()));
    return command;
  }

  private Path log() {
    return logs.resolve("control.log");
  }

  /** Waits until there are so many emitters, all ready, and so many members of the run. */
  void awaitReplicas(int wanted) {
    Steps steps = new Steps();
    await(wanted + " replicas")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> replicas(steps) == wanted && ready() == wanted);
    await(wanted + " members")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> members() == wanted && replicas(steps) == wanted);
    steps.print();
  }

  private int replicas(Steps steps) {
    node.requireWell();
    plane.requireAlive();
    int replicas = deployment().at("/spec/replicas").asInt();
    steps.saw(replicas);
    return replicas;
  }

  private int ready() {
    JsonNode status = deployment().path("status");
    return status.path("replicas").asInt() == status.path("readyReplicas").asInt()
        ? status.path("readyReplicas").asInt()
        : -1;
  }

  /** Members that hold shards. */
  private long members() {
    return status()
        .map(status -> status.get("members").valueStream())
        .orElseGet(Stream::empty)
        .filter(member -> !member.get("shards").isEmpty())
        .count();
  }

  private JsonNode deployment() {
    return plane.api().get(DEPLOYMENT).orThrow();
  }

  /** Has every emitter drain and leave. */
  void leave() {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    none.putObject("spec").put("replicas", 0);
    plane.api().merge(DEPLOYMENT, none).orThrow();
    await("no pods")
        .atMost(PATIENCE)
        .until(() -> plane.api().get(PODS).orThrow().get("items").isEmpty());
    node.requireWell();
  }

  @Override
  public void close() throws InterruptedException {
    node.close();
  }
}
