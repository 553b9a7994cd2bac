// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import static org.awaitility.Awaitility.await;

import dev.billion.local.ChildProcess;
import dev.billion.local.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A real API server with its etcd, and the controllers that make pods of deployments and scale
 * them. There is no scheduler and no kubelet. All listen on the loopback interface.
 */
final class ControlPlane implements AutoCloseable {

  private static final Duration READY = Duration.ofMinutes(2);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final String CONTROLLERS =
      "namespace,serviceaccount,deployment,replicaset,horizontalpodautoscaling,disruption";

  /** The last versions that have a port without TLS, which is open unless it is told not to be. */
  private static final int INSECURE_PORT_UNTIL = 23;

  private final Assets assets;
  private final Path directory;
  private final int minor;
  private final Deque<ChildProcess> processes = new ArrayDeque<>();
  private Api api;

  private ControlPlane(Assets assets, Path directory) throws IOException {
    this.assets = assets;
    this.directory = directory;
    this.minor = assets.minor();
  }

  /** Starts all of it, and returns when the server is ready. */
  static ControlPlane start(Assets assets, Path directory)
      throws IOException, GeneralSecurityException {
    ControlPlane plane = new ControlPlane(assets, Files.createDirectories(directory));
    try {
      plane.startAll();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      plane.close();
      throw e;
    }
    return plane;
  }

  Api api() {
    return api;
  }

  /** The server's version: 32 of v1.32. */
  int minor() {
    return minor;
  }

  /** Who signed the server's certificate, in PEM. */
  Path authority() {
    return directory.resolve("apiserver.crt");
  }

  private void startAll() throws IOException, GeneralSecurityException {
    String etcd = url(Ports.freeForLater());
    String peer = url(Ports.freeForLater());
    run(
        "etcd",
        List.of(
            "--data-dir=" + directory.resolve("etcd"),
            "--listen-client-urls=" + etcd,
            "--advertise-client-urls=" + etcd,
            "--listen-peer-urls=" + peer,
            "--initial-advertise-peer-urls=" + peer,
            "--initial-cluster=default=" + peer));
    URI server = URI.create("https://%s:%d".formatted(Ports.HOST, Ports.freeForLater()));
    String token = UUID.randomUUID().toString();
    Path key = Tls.signingKey(directory.resolve("service-accounts.key"));
    startServer(etcd, server, token, key);
    startControllers(server, token, key);
  }

  private void startServer(String etcd, URI server, String token, Path key)
      throws IOException, GeneralSecurityException {
    Path tokens =
        Files.writeString(directory.resolve("tokens.csv"), token + ",admin,admin,system:masters\n");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--etcd-servers=" + etcd,
                "--cert-dir=" + directory,
                "--bind-address=" + Ports.HOST,
                "--advertise-address=" + Ports.HOST,
                "--secure-port=" + server.getPort(),
                "--service-cluster-ip-range=10.0.0.0/24",
                "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key));
    if (minor <= INSECURE_PORT_UNTIL) {
      arguments.add("--insecure-port=0");
    }
    ChildProcess process = run("kube-apiserver", arguments);
    awaitThat(process, () -> Files.exists(authority()) && Files.size(authority()) > 0);
    api = new Api(server, token, Tls.trusting(authority()));
    awaitThat(process, () -> api.get("/readyz").ok());
  }

  private void startControllers(URI server, String token, Path key) throws IOException {
    Path kubeconfig =
        Files.writeString(
            directory.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
            users: [{name: admin, user: {token: "%s"}}]
            contexts: [{name: test, context: {cluster: test, user: admin}}]
            current-context: test
            """
                .formatted(server, authority(), token));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--kubeconfig=" + kubeconfig,
                "--controllers=" + CONTROLLERS,
                "--leader-elect=false",
                "--bind-address=" + Ports.HOST,
                "--secure-port=" + Ports.freeForLater(),
                "--cert-dir=" + directory.resolve("controllers"),
                "--service-account-private-key-file=" + key,
                "--horizontal-pod-autoscaler-sync-period=2s"));
    if (minor <= INSECURE_PORT_UNTIL) {
      arguments.add("--port=0");
    }
    run("kube-controller-manager", arguments);
  }

  private ChildProcess run(String name, List<String> arguments) {
    ChildProcess process =
        ChildProcess.start(
            new ChildProcess.Command(
                name, assets.command(name, arguments), Map.of(), directory.resolve(name + ".log")));
    processes.push(process);
    return process;
  }

  /**
   * @throws IllegalStateException if one of its programs has ended
   */
  void requireAlive() {
    processes.stream()
        .filter(process -> !process.isAlive())
        .findFirst()
        .ifPresent(
            process -> {
              throw new IllegalStateException(process.ended());
            });
  }

  private interface Condition {
    boolean met() throws IOException;
  }

  private static void awaitThat(ChildProcess process, Condition condition) {
    await("ready " + process.name())
        .atMost(READY)
        .pollInterval(Duration.ofMillis(100))
        .failFast(process.name() + " ended; its log: " + process.log(), () -> !process.isAlive())
        .until(() -> met(condition));
  }

  private static boolean met(Condition condition) {
    try {
      return condition.met();
    } catch (IOException | UncheckedIOException e) {
      return false; // it does not listen yet
    }
  }

  private static String url(int port) {
    return "http://%s:%d".formatted(Ports.HOST, port);
  }

  /** Ends its programs, the last first. */
  @Override
  public void close() {
    processes.forEach(process -> process.stop(GRACE));
  }
}
