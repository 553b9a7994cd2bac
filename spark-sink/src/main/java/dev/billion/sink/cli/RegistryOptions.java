// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.schemas.registry.RegistryConfig;
import dev.billion.sink.SinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where writer schemas come from. */
final class RegistryOptions {

  static final String PASSWORD = "BILLION_REGISTRY_PASSWORD";
  static final String TRUSTSTORE_PASSWORD = "BILLION_REGISTRY_TRUSTSTORE_PASSWORD";

  @Option(
      names = "--registry",
      required = true,
      paramLabel = "URL",
      description = "The schema registry's Confluent REST API.")
  private String url;

  @Option(
      names = "--registry-deadline",
      paramLabel = "TIME",
      defaultValue = "5m",
      description = "How long a batch waits for a registry that is down.")
  private Duration deadline;

  @Option(
      names = "--registry-user",
      paramLabel = "USER",
      description = "User of basic authentication; the password is taken from " + PASSWORD + ".")
  private String user;

  @Option(
      names = "--registry-password-file",
      paramLabel = "FILE",
      description = "The password in a file instead.")
  private Path passwordFile;

  @Option(
      names = "--registry-truststore",
      paramLabel = "FILE",
      description =
          "Certificates to trust: PEM, PKCS12 or JKS, its password in " + TRUSTSTORE_PASSWORD + ".")
  private String trustStore;

  /**
   * @throws IllegalArgumentException if the address is not one
   * @throws SinkException if the password's file cannot be read
   */
  RegistryConfig config(Map<String, String> environment) {
    RegistryConfig config = RegistryConfig.of(url, deadline);
    if (user != null) {
      config = config.withCredentials(user, password(environment));
    }
    if (trustStore != null) {
      config =
          config.withStores(
              new RegistryConfig.Store(trustStore, environment.get(TRUSTSTORE_PASSWORD)), null);
    }
    return config;
  }

  private String password(Map<String, String> environment) {
    if (passwordFile == null) {
      return environment.get(PASSWORD);
    }
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw new SinkException("cannot read --registry-password-file " + passwordFile, e);
    }
  }
}
