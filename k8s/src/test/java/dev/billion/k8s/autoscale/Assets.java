// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.autoscale;

import dev.billion.local.Binary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The binaries of a control plane, as the envtest convention lays them out.
 *
 * @param directory holds etcd, kube-apiserver and kube-controller-manager
 */
record Assets(Path directory) {

  static final String VARIABLE = "KUBEBUILDER_ASSETS";

  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)");

  /** Those that {@value #VARIABLE} names. */
  static Assets ofEnvironment() {
    String directory = System.getenv(VARIABLE);
    if (directory == null) {
      throw new IllegalStateException(VARIABLE + " names no directory");
    }
    return new Assets(Path.of(directory));
  }

  /** A command line that ends with this JVM. */
  List<String> command(String name, List<String> arguments) {
    return Binary.command(file(name), arguments);
  }

  /** The server's minor version: 32 of v1.32.3. */
  int minor() throws IOException {
    Process process =
        new ProcessBuilder(file("kube-apiserver").toString(), "--version")
            .redirectErrorStream(true)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = VERSION.matcher(answer);
    if (!version.find()) {
      throw new IllegalStateException("no version of Kubernetes: " + answer);
    }
    return Integer.parseInt(version.group(2));
  }

  private Path file(String name) {
    Path file = directory.resolve(name);
    if (!Files.isExecutable(file)) {
      throw new IllegalStateException(
          "%s=%s has no %s: see docs/kubernetes.md".formatted(VARIABLE, directory, name));
    }
    return file;
  }
}
