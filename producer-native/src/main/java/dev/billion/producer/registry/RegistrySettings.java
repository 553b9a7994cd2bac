// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.registry;

import dev.billion.schemas.registry.RegistryConfig;
import dev.billion.schemas.registry.RegistryConfig.Store;
import java.time.Duration;
import java.util.Map;

/**
 * Reads a registry's address and credentials from a Kafka client's configuration, under the names
 * that Confluent's serializers use, so that one set of settings serves either serializer.
 *
 * <p>{@code schema.registry.url} (required), {@code basic.auth.user.info} ({@code user:password}),
 * {@code schema.registry.ssl.truststore.location} and {@code .password}, {@code
 * schema.registry.ssl.keystore.location} and {@code .password}.
 */
public final class RegistrySettings {

  private static final String URL = "schema.registry.url";
  private static final String USER_INFO = "basic.auth.user.info";
  private static final String SSL = "schema.registry.ssl.";

  private RegistrySettings() {}

  /**
   * @param deadline how long a call may go on trying
   * @throws IllegalArgumentException if the address is missing or not one
   */
  public static RegistryConfig read(Map<String, ?> clientConfig, Duration deadline) {
    String url = text(clientConfig, URL);
    if (url == null) {
      throw new IllegalArgumentException(
          "no registry address: set --registry, or " + URL + " on the channel");
    }
    RegistryConfig registry =
        RegistryConfig.of(url, deadline)
            .withStores(store(clientConfig, "truststore"), store(clientConfig, "keystore"));
    String userInfo = text(clientConfig, USER_INFO);
    if (userInfo == null || userInfo.startsWith(":")) {
      return registry;
    }
    String[] pair = userInfo.split(":", 2);
    return registry.withCredentials(pair[0], pair.length > 1 ? pair[1] : "");
  }

  private static Store store(Map<String, ?> clientConfig, String kind) {
    String path = text(clientConfig, SSL + kind + ".location");
    return path == null ? null : new Store(path, text(clientConfig, SSL + kind + ".password"));
  }

  private static String text(Map<String, ?> clientConfig, String name) {
    Object value = clientConfig.get(name);
    return value == null || value.toString().isBlank() ? null : value.toString();
  }
}
