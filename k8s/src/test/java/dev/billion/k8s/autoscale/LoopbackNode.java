// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.local.ChildProcess;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for scheduler and kubelet: a node on which each pod is a process of this machine, with
 * a loopback address of its own. It runs the manifest's arguments and environment, asks its
 * readiness probe, and gives it its grace when the pod is deleted.
 */
final class LoopbackNode implements AutoCloseable {

  private static final String NAME = "loopback";
  private static final Duration TICK = Duration.ofMillis(250);

  private final Api api;
  private final String pods;
  private final Runtime runtime;
  private final Clock clock = Clock.systemUTC();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String network;
  private final Map<String, Container> containers = new ConcurrentHashMap<>();
  private final Map<String, String> addresses = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor();
  private volatile RuntimeException failure;

  /**
   * What takes the place of a container image.
   *
   * @param command what starts its program, before the container's arguments
   * @param environment variables that go before the manifest's: the addresses of this machine
   * @param logs where each pod has its log
   */
  record Runtime(List<String> command, Map<String, String> environment, Path logs) {}

  /** Joins the cluster, and runs all pods of a namespace. */
  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its executor
  LoopbackNode(Api api, String namespace, Runtime runtime) {
    this.api = api;
    this.pods = "/api/v1/namespaces/" + namespace + "/pods";
    this.runtime = runtime;
    ThreadLocalRandom random = ThreadLocalRandom.current();
    this.network = "127.%d.%d.".formatted(random.nextInt(1, 255), random.nextInt(255));
    ObjectNode node = object().put("apiVersion", "v1").put("kind", "Node");
    node.putObject("metadata").put("name", NAME);
    api.post("/api/v1/nodes", node).orThrow();
    rounds.scheduleWithFixedDelay(this::round, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What a metrics server tells of a pod, if it runs. */
  Container container(String pod) {
    return containers.get(pod);
  }

  /**
   * @throws IllegalStateException if a pod has ended as it should not, or this node has failed
   */
  synchronized void requireWell() {
    if (failure != null) {
      throw failure;
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join("; ", faults));
    }
  }

  private void round() {
    try {
      JsonNode list = api.get(pods).orThrow().get("items");
      Set<String> there = new HashSet<>();
      for (JsonNode pod : list) {
        there.add(name(pod));
        attend(pod);
      }
      containers.keySet().removeIf(name -> !there.contains(name) && containers.get(name).ended());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
      rounds.shutdown();
    }
  }

  private void attend(JsonNode pod) throws InterruptedException {
    Container container = containers.get(name(pod));
    if (pod.at("/metadata").has("deletionTimestamp")) {
      remove(pod, container);
    } else if (!pod.path("spec").has("nodeName")) {
      bind(pod);
    } else if (container == null) {
      start(pod);
    } else if (container.ended()) {
      fault("%s of pod %s".formatted(container.end(), name(pod)));
    } else {
      container.measure(clock.instant());
      if (container.turns(http)) {
        tell(pod, container);
      }
    }
  }

  private void bind(JsonNode pod) {
    ObjectNode binding = object().put("apiVersion", "v1").put("kind", "Binding");
    binding.putObject("metadata").put("name", name(pod));
    binding.putObject("target").put("apiVersion", "v1").put("kind", "Node").put("name", NAME);
    requireOkOrGone(api.post(path(pod) + "/binding", binding));
  }

  private void start(JsonNode pod) {
    String ip = addresses.computeIfAbsent(name(pod), name -> network + (addresses.size() + 1));
    JsonNode spec = pod.at("/spec/containers/0");
    Map<String, String> environment = new PodEnvironment(pod, ip, api).of(spec);
    environment.putAll(runtime.environment());
    environment.put("QUARKUS_HTTP_HOST", ip);
    List<String> command = new ArrayList<>(runtime.command());
    spec.path("args").forEach(argument -> command.add(argument.asText()));
    Container container =
        new Container(
            new ChildProcess.Command(
                "emitter", command, environment, runtime.logs().resolve(name(pod) + ".log")),
            spec,
            ip,
            Duration.ofSeconds(pod.at("/spec/terminationGracePeriodSeconds").asLong()),
            clock.instant());
    containers.put(name(pod), container);
    tell(pod, container);
  }

  /** Ends the process, then the pod: the server keeps it until its kubelet says that it is gone. */
  private void remove(JsonNode pod, Container container) {
    if (container != null && !container.ended()) {
      container.terminate(clock.instant());
      return;
    }
    if (container != null && container.status() != 0 && !container.endedBeforeItBegan()) {
      fault("%s of pod %s, when it was deleted".formatted(container.end(), name(pod)));
    }
    requireOkOrGone(api.delete(path(pod), object().put("gracePeriodSeconds", 0)));
  }

  private void tell(JsonNode pod, Container container) {
    String ip = addresses.get(name(pod));
    String started = time(container.started());
    ObjectNode patch = object();
    ObjectNode status = patch.putObject("status");
    status.put("phase", "Running").put("podIP", ip).put("hostIP", "127.0.0.1");
    status.put("startTime", started).putArray("podIPs").addObject().put("ip", ip);
    var conditions = status.putArray("conditions");
    String now = time(clock.instant());
    for (String condition : List.of("PodScheduled", "Initialized", "ContainersReady", "Ready")) {
      boolean met = container.ready() || !condition.endsWith("Ready");
      conditions
          .addObject()
          .put("type", condition)
          .put("status", met ? "True" : "False")
          .put("lastTransitionTime", now);
    }
    JsonNode spec = pod.at("/spec/containers/0");
    ObjectNode state = status.putArray("containerStatuses").addObject();
    state.set("name", spec.get("name"));
    state.set("image", spec.get("image"));
    state.put("imageID", "").put("ready", container.ready()).put("restartCount", 0);
    state.put("started", true).putObject("state").putObject("running").put("startedAt", started);
    requireOkOrGone(api.merge(path(pod) + "/status", patch));
  }

  private synchronized void fault(String text) {
    if (!faults.contains(text)) {
      faults.add(text);
    }
  }

  private static void requireOkOrGone(Api.Answer answer) {
    if (answer.status() != 404 && answer.status() != 409) {
      answer.orThrow();
    }
  }

  private String path(JsonNode pod) {
    return pods + "/" + name(pod);
  }

  private static String name(JsonNode pod) {
    return pod.at("/metadata/name").asText();
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Kills what still runs. */
  @Override
  public void close() throws InterruptedException {
    rounds.shutdown();
    rounds.awaitTermination(1, TimeUnit.MINUTES);
    containers.values().stream().filter(container -> !container.ended()).forEach(Container::kill);
  }
}
