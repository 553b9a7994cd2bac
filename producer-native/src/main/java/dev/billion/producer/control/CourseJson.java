// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.producer.event.Awkward;
import dev.billion.producer.event.Keys;
import dev.billion.producer.event.Lateness;
import dev.billion.producer.event.SchemaMix;
import dev.billion.producer.event.Share;
import dev.billion.producer.pacing.Profile;
import dev.billion.producer.pacing.Rate;
import dev.billion.producer.pacing.Schedule;
import dev.billion.producer.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** A course as it is written to the control topic. */
final class CourseJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CourseJson() {}

  static byte[] write(Course course) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Run run = course.run();
    json.put("run", run.name()).put("seed", run.seed()).put("shards", run.shards());
    if (run.records() != Run.UNBOUNDED) {
      json.put("records", run.records());
    }
    json.put("event_rate", run.eventRate()).put("status", course.status().name());
    course.endNanos().ifPresent(end -> json.put("end_nanos", end));
    Awkward awkward = run.awkward();
    json.putObject("awkward")
        .put("late", awkward.late().share().toString())
        .put("late_by_ms", awkward.late().atMost().toMillis())
        .put("poison", awkward.poison().toString())
        .put("keys", awkward.keys().toString())
        .put("schema_mix", awkward.schemas().toString());
    json.set("schedule", json(course.schedule()));
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode json(Schedule schedule) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("rate", schedule.rate().toString())
            .put("profile", schedule.profile().toString())
            .put("profile_nanos", schedule.profileNanos())
            .put("anchor_nanos", schedule.anchorNanos())
            .put("anchor_index", schedule.anchorIndex())
            .put("paused", schedule.paused());
    schedule.before().ifPresent(before -> json.set("before", json(before)));
    return json;
  }

  static Course read(byte[] bytes) {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      Run run =
          new Run(
              Run.parseId(json.required("run").asText()),
              json.required("seed").asLong(),
              json.required("shards").asInt(),
              json.path("records").asLong(Run.UNBOUNDED),
              json.required("event_rate").asLong(),
              json.has("awkward") ? awkward(json.get("awkward")) : Awkward.NONE);
      return new Course(
          run,
          schedule(json.required("schedule")),
          Optional.ofNullable(json.get("end_nanos")).map(JsonNode::asLong),
          Course.Status.valueOf(json.required("status").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Awkward awkward(JsonNode json) {
    return new Awkward(
        new Lateness(
            Share.parse(json.required("late").asText()),
            Duration.ofMillis(json.required("late_by_ms").asLong())),
        Share.parse(json.required("poison").asText()),
        Keys.parse(json.required("keys").asText()),
        SchemaMix.parse(json.required("schema_mix").asText()));
  }

  private static Schedule schedule(JsonNode json) {
    return new Schedule(
        Rate.parse(json.required("rate").asText()),
        Profile.parse(json.required("profile").asText()),
        json.required("profile_nanos").asLong(),
        json.required("anchor_nanos").asLong(),
        json.required("anchor_index").asLong(),
        json.required("paused").asBoolean(),
        Optional.ofNullable(json.get("before")).map(CourseJson::schedule));
  }
}
