// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billion.producer.Console;
import dev.billion.producer.event.Poison;
import dev.billion.producer.run.Run;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how a fleet is doing. */
@Command(
    name = "status",
    description = "Members, shards, sequences and rates of the run that was opened last.")
final class StatusCommand implements Callable<Integer> {

  private static final long SAMPLE_MILLIS = 1000;

  private final Clock clock = Clock.systemUTC();

  @Mixin private FleetOptions fleet;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    return fleet.withAdmin(
        admin -> {
          Optional<Course> course = fleet.read(admin);
          return course.isPresent() ? report(admin, course.get()) : fleet.nothingOpen();
        });
  }

  private int report(Admin admin, Course course) throws InterruptedException {
    Sequences before = Sequences.committed(admin, fleet.topic(), course.run());
    long begun = clock.millis();
    Thread.sleep(SAMPLE_MILLIS);
    Sequences after = Sequences.committed(admin, fleet.topic(), course.run());
    double seconds = (clock.millis() - begun) / 1e3;
    long perSecond = Math.round((after.sum() - before.sum()) / seconds);
    List<MemberStatus> members =
        members(admin, course.run()).stream()
            .map(member -> MemberStatus.of(member, before, after, seconds))
            .sorted(Comparator.comparing(MemberStatus::id))
            .toList();
    Console.result(
        json
            ? toJson(course, after, perSecond, members)
            : toText(course, after, perSecond, members));
    return ExitCode.OK;
  }

  private Collection<MemberDescription> members(Admin admin, Run run) throws InterruptedException {
    String group = FleetTopics.group(fleet.topic(), run.name());
    try {
      return admin
          .describeConsumerGroups(List.of(group))
          .describedGroups()
          .get(group)
          .get()
          .members();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of(); // the run is open, and nobody has joined yet
      }
      throw new KafkaException(e.getCause().getMessage(), e.getCause());
    }
  }

  private String toText(
      Course course, Sequences sequences, long perSecond, List<MemberStatus> members) {
    StringBuilder text = new StringBuilder(Courses.describe(course));
    text.append(
        "%ncommitted     %,d%nrate          %,d records/s%nmembers       %d"
            .formatted(sequences.sum(), perSecond, members.size()));
    for (MemberStatus member : members) {
      text.append(
          "%n  %s  %s  %d shards  %,d records/s"
              .formatted(member.id(), member.host(), member.shards().size(), member.perSecond()));
    }
    return text.toString();
  }

  private String toJson(
      Course course, Sequences sequences, long perSecond, List<MemberStatus> members) {
    ObjectNode status =
        JsonNodeFactory.instance
            .objectNode()
            .put("run", course.run().name())
            .put("status", course.status().name().toLowerCase(Locale.ROOT))
            .put("paused", course.schedule().paused())
            .put("rate", course.schedule().rate().toString())
            .put("profile", course.schedule().profile().toString())
            .put("committed", sequences.sum())
            .put("poison", Poison.countBelow(course.run(), sequences.next()))
            .put("records_per_second", perSecond);
    if (course.run().records() != Run.UNBOUNDED) {
      status.put("records", course.run().records());
    }
    var next = status.putArray("next_sequences");
    for (long sequence : sequences.next()) {
      next.add(sequence);
    }
    var list = status.putArray("members");
    for (MemberStatus member : members) {
      ObjectNode object = list.addObject().put("id", member.id()).put("host", member.host());
      object.put("records_per_second", member.perSecond());
      var shards = object.putArray("shards");
      member.shards().forEach(shards::add);
    }
    return status.toString();
  }
}
