// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import dev.billion.local.LocalStackException;
import dev.billion.producer.event.EventSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The Kafka client settings of every contender: those of the emitter's channel, read from its own
 * application.properties, with another compression.
 *
 * @param values by their names in {@link ProducerConfig}
 */
public record ClientSettings(Map<String, String> values) {

  static final String EMITTER_CHANNEL = "mp.messaging.outgoing.user-events.";

  private static final String CONFIGURATION = "/application.properties";

  public ClientSettings {
    values = Map.copyOf(values);
  }

  public static ClientSettings ofEmitter(String compression) {
    Properties emitter = new Properties();
    try (InputStream in = EventSource.class.getResourceAsStream(CONFIGURATION)) {
      emitter.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the emitter's " + CONFIGURATION, e);
    }
    return of(emitter, compression);
  }

  static ClientSettings of(Properties emitter, String compression) {
    Set<String> names = new HashSet<>(ProducerConfig.configNames());
    names.remove(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG);
    names.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
    Map<String, String> values = new TreeMap<>();
    for (String name : names) {
      String value = emitter.getProperty(EMITTER_CHANNEL + name);
      if (value != null) {
        values.put(name, value);
      }
    }
    values.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
    return new ClientSettings(values);
  }

  /** As system properties of a reactive channel. */
  List<String> ofChannel(String prefix) {
    List<String> options = new ArrayList<>();
    new TreeMap<>(values).forEach((name, value) -> options.add("-D" + prefix + name + "=" + value));
    return options;
  }

  /** Writes them, with the broker's address, for an ordinary client. */
  public void write(Path file, String bootstrap) {
    Map<String, String> all = new TreeMap<>(values);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    String text =
        all.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n", "", "\n"));
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new LocalStackException("cannot write " + file, e);
    }
  }
}
