// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a run ended.
 *
 * @param options what was run
 * @param survived the faults, in the order of their ends
 * @param verified the verifier's summary
 * @param emitters how many there were
 * @param sinks how many there were
 * @param time in all, without the start of the servers
 */
record ChaosSummary(
    ChaosOptions options,
    List<Survived> survived,
    JsonNode verified,
    Programs emitters,
    Programs sinks,
    Duration time) {

  /**
   * Programs of a kind.
   *
   * @param started how many
   * @param failures how many of them ended though nobody asked them to
   */
  record Programs(int started, int failures) {}

  /** Whether every event is in the table once, and every poison a dead letter, and nothing else. */
  boolean ok() {
    return verified.path("ok").asBoolean() && deadLetters() == verified.path("poison").asLong();
  }

  String text() {
    return String.format(
        Locale.ROOT,
        """
        faults         %d: %s
        longest        %s
        records        %,d
        missing        %,d
        duplicates     %,d
        dead letters   %,d of %,d
        emitters       %d at a time, %d in all, %d ended by themselves
        sinks          %d one after the other, %d ended by themselves
        seconds        %d
        seed           %d
        proof          %s\
        """,
        survived.size(),
        kinds(),
        longest()
            .map(fault -> "%s, %.1f s".formatted(fault.fault().word(), fault.seconds()))
            .orElse("none"),
        sum("records"),
        sum("missing"),
        sum("duplicates"),
        deadLetters(),
        verified.path("poison").asLong(),
        ChaosOptions.EMITTERS,
        emitters.started(),
        emitters.failures(),
        sinks.started(),
        sinks.failures(),
        time.toSeconds(),
        options.seed(),
        ok() ? "every record is there, once" : "FAILED");
  }

  String json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("ok", ok())
            .put("seed", options.seed())
            .put("brokers", options.brokers())
            .put("faults", survived.size());
    for (Fault fault : Fault.values()) {
      json.withObject("/survived").put(fault.word(), times(fault));
    }
    longest()
        .ifPresent(
            fault ->
                json.put("longest_recovery_seconds", fault.seconds())
                    .put("longest_recovery_fault", fault.fault().word()));
    return json.put("records", sum("records"))
        .put("missing", sum("missing"))
        .put("duplicates", sum("duplicates"))
        .put("dead_letters", deadLetters())
        .put("poison", verified.path("poison").asLong())
        .put("emitters_started", emitters.started())
        .put("emitter_failures", emitters.failures())
        .put("sinks_started", sinks.started())
        .put("sink_failures", sinks.failures())
        .put("seconds", time.toSeconds())
        .toString();
  }

  private String kinds() {
    return options.faults().stream()
        .distinct()
        .sorted()
        .map(fault -> fault.word() + " " + times(fault))
        .collect(Collectors.joining(", "));
  }

  private long times(Fault fault) {
    return survived.stream().filter(one -> one.fault() == fault).count();
  }

  private Optional<Survived> longest() {
    return survived.stream().max(Comparator.comparing(Survived::recovery));
  }

  private long deadLetters() {
    return verified.path("dead_letters").asLong();
  }

  private long sum(String field) {
    long sum = 0;
    for (JsonNode run : verified.path("runs")) {
      sum += run.path(field).asLong();
    }
    return sum;
  }
}
