// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas.registry;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * How to reach a schema registry.
 *
 * @param url where its Confluent REST API starts, for example {@code https://registry:8081} or, for
 *     Apicurio, {@code http://host:port/apis/ccompat/v7}
 * @param user the user of basic authentication, null for none
 * @param password its password, null for none
 * @param trustStore certificates to trust, null for the JVM's own
 * @param keyStore the client's certificate and key for mutual TLS, null for none
 * @param requestTimeout how long one request may take
 * @param deadline how long a call goes on trying while the registry cannot be reached or answers
 *     that it cannot serve now
 */
public record RegistryConfig(
    URI url,
    String user,
    String password,
    Store trustStore,
    Store keyStore,
    Duration requestTimeout,
    Duration deadline)
    implements Serializable {

  /**
   * A file of certificates or keys: PKCS12 or JKS, or for certificates to trust also PEM.
   *
   * @param path the file
   * @param password its password, null for none
   */
  public record Store(String path, String password) implements Serializable {
    @Override
    public String toString() {
      return path;
    }
  }

  /**
   * @throws IllegalArgumentException if the address is not one of http or https
   */
  public RegistryConfig {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new IllegalArgumentException(
          "not a registry address: '%s' (valid: http://host:port or https://host:port)"
              .formatted(url));
    }
  }

  /** A registry without authentication, with 5 s for a request and the given deadline. */
  public static RegistryConfig of(String url, Duration deadline) {
    try {
      return new RegistryConfig(
          new URI(url), null, null, null, null, Duration.ofSeconds(5), deadline);
    } catch (java.net.URISyntaxException e) {
      throw new IllegalArgumentException(
          "not a registry address: '%s' (valid: http://host:port or https://host:port)"
              .formatted(url),
          e);
    }
  }

  /** The same with basic authentication. */
  public RegistryConfig withCredentials(String user, String password) {
    return new RegistryConfig(url, user, password, trustStore, keyStore, requestTimeout, deadline);
  }

  /** The same with TLS stores, each null for none. */
  public RegistryConfig withStores(Store trustStore, Store keyStore) {
    return new RegistryConfig(url, user, password, trustStore, keyStore, requestTimeout, deadline);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user == null ? url.toString() : url + " as " + user;
  }
}
