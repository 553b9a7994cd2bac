// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.registry.RegistryConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The Spark catalog {@code billion} with its one function, {@code billion.decode}. The address of
 * the registry and its credentials come from the session's configuration, under keys that Spark
 * redacts in logs and in its UI where they hold a password.
 */
public final class DecodeCatalog implements FunctionCatalog {

  private static final String CATALOG = "billion";

  private String name;
  private DecodeFunction decode;

  /** The session configuration that installs this catalog for a registry. */
  public static Map<String, String> configuration(RegistryConfig registry) {
    String prefix = "spark.sql.catalog." + CATALOG;
    Map<String, String> configuration = new TreeMap<>();
    configuration.put(prefix, DecodeCatalog.class.getName());
    options(registry).forEach((key, value) -> configuration.put(prefix + "." + key, value));
    return configuration;
  }

  /** {@link RecordDecoder#RESULT} of a column of record values of one batch. */
  public static Column decode(Column value, long batch) {
    return functions.call_function(
        CATALOG + "." + DecodeFunction.NAME, value, functions.lit(batch));
  }

  @Override
  public void initialize(String catalog, CaseInsensitiveStringMap options) {
    name = catalog;
    decode = new DecodeFunction(registry(options));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) {
    return new Identifier[] {Identifier.of(new String[0], DecodeFunction.NAME)};
  }

  @Override
  public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    if (!DecodeFunction.NAME.equals(identifier.name())) {
      throw new NoSuchFunctionException(identifier);
    }
    return decode;
  }

  private static Map<String, String> options(RegistryConfig registry) {
    Map<String, String> options = new TreeMap<>();
    options.put("url", registry.url().toString());
    put(options, "user", registry.user());
    put(options, "password", registry.password());
    putStore(options, "truststore", registry.trustStore());
    putStore(options, "keystore", registry.keyStore());
    options.put("request.timeout", registry.requestTimeout().toString());
    options.put("deadline", registry.deadline().toString());
    return options;
  }

  private static RegistryConfig registry(CaseInsensitiveStringMap options) {
    return new RegistryConfig(
        URI.create(options.get("url")),
        options.get("user"),
        options.get("password"),
        store(options, "truststore"),
        store(options, "keystore"),
        Duration.parse(options.get("request.timeout")),
        Duration.parse(options.get("deadline")));
  }

  private static void putStore(
      Map<String, String> options, String key, RegistryConfig.Store store) {
    if (store != null) {
      options.put(key, store.path());
      put(options, key + ".password", store.password());
    }
  }

  private static RegistryConfig.Store store(CaseInsensitiveStringMap options, String key) {
    String path = options.get(key);
    return path == null ? null : new RegistryConfig.Store(path, options.get(key + ".password"));
  }

  private static void put(Map<String, String> options, String key, String value) {
    if (value != null) {
      options.put(key, value);
    }
  }
}
