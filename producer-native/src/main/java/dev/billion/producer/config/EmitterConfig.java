// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.config;

import dev.billion.producer.event.Keys;
import dev.billion.producer.event.SchemaMix;
import dev.billion.producer.event.Share;
import dev.billion.producer.fleet.Guarantee;
import dev.billion.producer.pacing.Profile;
import dev.billion.producer.pacing.Rate;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * The emitter's settings. As an environment variable, {@code emitter.startup-timeout} is {@code
 * EMITTER_STARTUP_TIMEOUT}. Counts and times are written as people do: {@code 10M}, {@code 50k},
 * {@code 5m}.
 */
@ConfigMapping(prefix = "emitter")
public interface EmitterConfig {

  /** The topic the events go to. */
  @WithDefault("user-events")
  String topic();

  /** The topic for records that cannot be delivered. */
  String deadLetterTopic();

  /** Where schemas are registered. Read by the serializers, as properties of their channels. */
  Registry registry();

  /**
   * The run's id, up to 12 hexadecimal digits; the time of the start in milliseconds if not set.
   */
  @WithConverter(Converters.RunId.class)
  Optional<Long> run();

  /** What the events' contents are drawn from. */
  @WithDefault("1")
  long seed();

  /** Into how many shards the run is cut, 1 to 4,096. */
  @WithDefault("64")
  int shards();

  /** How many records to send; no end if not set. */
  @WithConverter(Converters.Count.class)
  Optional<Long> records();

  /** How long to send; no end if not set. */
  @WithConverter(Converters.Time.class)
  Optional<Duration> duration();

  /** Records per second, or {@code max}. */
  @WithConverter(Converters.OfRate.class)
  @WithDefault("50k")
  Rate rate();

  /** How the rate changes over time. */
  @WithConverter(Converters.OfProfile.class)
  @WithDefault("constant")
  Profile profile();

  /** How emitters share a run. */
  Fleet fleet();

  /** Events per second of event time, whatever the rate of sending. */
  @WithConverter(Converters.Count.class)
  @WithDefault("277778")
  long eventRate();

  /** How many events happened earlier than their place in the run says. */
  @WithConverter(Converters.OfShare.class)
  @WithDefault("0%")
  Share late();

  /** By how much at most; 10 minutes if not set. */
  @WithConverter(Converters.Time.class)
  Optional<Duration> lateBy();

  /** How many poison records are sent beside the events. */
  @WithConverter(Converters.OfShare.class)
  @WithDefault("0%")
  Share poison();

  /** What records are keyed by. */
  @WithConverter(Converters.OfKeys.class)
  @WithDefault("none")
  Keys keys();

  /** Which versions of the schema events are written in. */
  @WithConverter(Converters.OfSchemaMix.class)
  @WithDefault("v1:100")
  SchemaMix schemaMix();

  /** After what time from the start on the summary's {@code steady_schedule_delay_ms} begins. */
  @WithConverter(Converters.Time.class)
  @WithDefault("10s")
  Duration warmUp();

  /** The most records in a batch. */
  @WithDefault("1024")
  int batchRecords();

  /** How long broker and registry may take to answer at start. */
  @WithConverter(Converters.Time.class)
  @WithDefault("30s")
  Duration startupTimeout();

  /** How long records on their way may take to be acknowledged at the end. */
  @WithConverter(Converters.Time.class)
  @WithDefault("30s")
  Duration drainTimeout();

  /** For how long records may be on their way without an answer before the emitter is not ready. */
  @WithConverter(Converters.Time.class)
  @WithDefault("10s")
  Duration stallTimeout();

  /** Print the summary, and progress, as JSON. */
  @WithDefault("false")
  boolean json();

  /** A fleet: emitters that share a run, each its part of the shards. */
  interface Fleet {

    /** Whether this emitter is one of a fleet; else it has the run for itself. */
    @WithDefault("false")
    boolean enabled();

    /** What a crash may do: {@code exactly-once} nothing, {@code at-least-once} repeat events. */
    @WithDefault("exactly-once")
    Guarantee delivery();

    /** From the first member's start to the first event: time for others to join. */
    @WithConverter(Converters.Time.class)
    @WithDefault("4s")
    Duration lead();

    /** How often what was sent is committed. */
    @WithConverter(Converters.Time.class)
    @WithDefault("250ms")
    Duration commitInterval();

    /** After what silence a member's shards are given to the others. */
    @WithConverter(Converters.Time.class)
    @WithDefault("10s")
    Duration sessionTimeout();

    /** After what time the broker undoes the transaction of a member that has crashed. */
    @WithConverter(Converters.Time.class)
    @WithDefault("10s")
    Duration transactionTimeout();

    /** For how long the group may not know how far a shard is, before the emitter gives up. */
    @WithConverter(Converters.Time.class)
    @WithDefault("1m")
    Duration sequencesTimeout();
  }

  /** A schema registry; its password is {@code billion.registry.password}. */
  interface Registry {

    /** Where its Confluent REST API starts. */
    @WithDefault("http://localhost:8081")
    String url();

    /** The user of basic authentication; none if not set. */
    Optional<String> user();
  }
}
