// SPDX-License-Identifier: Apache-2.0
package dev.billion.k8s.rule;

import dev.billion.k8s.Manifests;
import dev.billion.k8s.Pod;
import dev.billion.k8s.Rule;
import dev.billion.producer.config.EmitterConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Each variable of the emitter's container is a setting that the emitter, or Kafka's client, has.
 */
public final class EmitterSettings implements Rule {

  private final Set<String> known = new HashSet<>();

  public EmitterSettings() {
    known.add("BILLION_REGISTRY_PASSWORD");
    add("emitter", EmitterConfig.class);
    properties().stringPropertyNames().forEach(name -> known.add(variable(name)));
    Stream.of(
            ProducerConfig.configNames(),
            ConsumerConfig.configNames(),
            AdminClientConfig.configNames())
        .flatMap(Set::stream)
        .forEach(
            name ->
                Stream.of("kafka.", "mp.messaging.outgoing.user-events.")
                    .forEach(prefix -> known.add(variable(prefix + name))));
  }

  @Override
  public List<String> problems(Manifests manifests) {
    return manifests.pods().stream()
        .flatMap(Pod::containers)
        .filter(container -> container.path("name").asText().equals("emitter"))
        .flatMap(container -> Environment.of(manifests, container).keySet().stream())
        .filter(variable -> !known.contains(variable))
        .map("the emitter has no setting %s"::formatted)
        .toList();
  }

  private void add(String prefix, Class<?> mapping) {
    for (Method setting : mapping.getDeclaredMethods()) {
      String name = prefix + "." + setting.getName().replaceAll("([A-Z])", "-$1");
      if (setting.getReturnType().getEnclosingClass() == EmitterConfig.class) {
        add(name, setting.getReturnType());
      } else {
        known.add(variable(name));
      }
    }
  }

  private static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try (InputStream file = EmitterConfig.class.getResourceAsStream("/application.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
