// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.fleet;

import dev.billion.producer.config.EmitterConfig;
import dev.billion.producer.control.ControlLog;
import dev.billion.producer.control.Course;
import dev.billion.producer.control.EpochNanos;
import dev.billion.producer.control.FleetTopics;
import dev.billion.producer.control.Sequences;
import dev.billion.producer.pacing.Schedule;
import dev.billion.producer.publish.EventPublisher;
import dev.billion.producer.publish.EventSender;
import dev.billion.producer.publish.Refusals;
import dev.billion.producer.run.BackPressure;
import dev.billion.producer.run.Emission;
import dev.billion.producer.run.Run;
import dev.billion.producer.start.Preflight;
import dev.billion.producer.start.StartupException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * A run that several emitters share. Who holds which shard is a consumer group's to say, what is
 * due is the course's: there is nothing else to agree on.
 */
@ApplicationScoped
public class Fleet {

  private final EmitterConfig config;
  private final Preflight preflight;
  private final Emission emission;
  private final EventPublisher publisher;
  private final BackPressure backPressure;
  private final EventSender sender;
  private final Refusals refusals;
  private final Clock clock;

  Fleet(
      EmitterConfig config,
      Preflight preflight,
      Emission emission,
      EventPublisher publisher,
      BackPressure backPressure,
      EventSender sender,
      Refusals refusals,
      Clock clock) {
    this.config = config;
    this.preflight = preflight;
    this.emission = emission;
    this.publisher = publisher;
    this.backPressure = backPressure;
    this.sender = sender;
    this.refusals = refusals;
    this.clock = clock;
  }

  /**
   * Joins the run that is open, or opens one.
   *
   * @param wanted the run to open where none is
   * @param onTrouble told what went wrong and is being tried again
   * @return this emitter's part in it, which the caller closes
   * @throws StartupException if another run is open than the one asked for by its id
   */
  public Member join(Run wanted, Consumer<String> onTrouble)
      throws StartupException, InterruptedException {
    Clients clients = new Clients(publisher.configuration(), config);
    Admin admin = clients.admin();
    Member member = null;
    try {
      member = join(wanted, clients, admin, onTrouble);
      return member;
    } catch (ExecutionException e) {
      throw new StartupException("cannot join the fleet: " + e.getCause().getMessage(), e);
    } catch (KafkaException e) {
      throw new StartupException("cannot join the fleet: " + e.getMessage(), e);
    } finally {
      if (member == null) {
        admin.close();
      }
    }
  }

  private Member join(Run wanted, Clients clients, Admin admin, Consumer<String> onTrouble)
      throws StartupException, ExecutionException, InterruptedException {
    FleetTopics.createControl(admin, config.topic());
    ControlLog log = new ControlLog(publisher.configuration(), config.topic(), onTrouble);
    if (log.read().filter(Course::isOpen).isEmpty()) {
      preflight.check(wanted); // before others join what cannot begin
    }
    Course course =
        log.update(present -> present.filter(Course::isOpen).or(() -> open(wanted, admin)));
    requireAsked(course.run());
    preflight.check(course.run());
    Worker worker =
        new Worker(
            emission,
            backPressure,
            sender,
            new Refused(emission, refusals),
            clients::producer,
            config.fleet().commitInterval(),
            config.fleet().sessionTimeout(),
            onTrouble);
    Membership membership =
        new Membership(
            clients.consumer(FleetTopics.group(config.topic(), course.run().name())),
            FleetTopics.shards(config.topic(), course.run().shards()),
            config.fleet().sequencesTimeout(),
            emission,
            worker,
            emission::lost);
    worker.start(membership, config.fleet().delivery());
    publisher.use(worker);
    return Member.join(
        new Member.Parts(config.topic(), emission, admin, log, worker, membership),
        course,
        config.warmUp(),
        config.batchRecords(),
        clock);
  }

  private void requireAsked(Run run) throws StartupException {
    Optional<Long> asked = config.run();
    if (asked.isPresent() && asked.get() != run.id()) {
      throw new StartupException(
          "run %s is open on topic '%s': leave --run out to join it, or end it with 'control stop'"
              .formatted(run.name(), config.topic()),
          null);
    }
  }

  private Optional<Course> open(Run run, Admin admin) {
    Sequences.begin(admin, config.topic(), run); // before others can join
    long start = EpochNanos.of(clock) + config.fleet().lead().toNanos();
    return Optional.of(
        new Course(
            run,
            Schedule.of(config.rate(), config.profile()).shifted(start),
            config.duration().map(duration -> start + duration.toNanos()),
            Course.Status.OPEN));
  }
}
