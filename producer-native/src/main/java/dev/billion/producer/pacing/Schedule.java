// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

import java.util.Optional;

/**
 * When each record is meant to be sent. From an anchor on, a time at which a known number of
 * records was due, the rate and its profile say how many more are: {@code due(t) = n + rate (F(t) -
 * F(anchor))}, where {@code F} is the profile's area. Times are computed from a record's number and
 * never from the one before it, so that nothing drifts, and a record that is late is late: the ones
 * behind it keep their times.
 *
 * <p>A change of course is a new schedule, anchored at the time of the change. Whoever knows the
 * schedule knows what is due: a fleet need not agree on anything else. What was late before the
 * change is as late after it, for which a schedule remembers those before it.
 *
 * <p>After openmessaging-benchmark's UniformRateLimiter, without its rounding of the interval to
 * whole nanoseconds, which at 277,778 records/s is 0.9 s an hour.
 *
 * @param profileNanos when the profile began, ns
 * @param anchorNanos the time of the anchor, ns; all times are on the same clock
 * @param anchorIndex how many records were due before it
 * @param paused whether no more fall due
 * @param before when the records before the anchor were meant to be sent, unless that is forgotten:
 *     16 changes are remembered
 */
public record Schedule(
    Rate rate,
    Profile profile,
    long profileNanos,
    long anchorNanos,
    long anchorIndex,
    boolean paused,
    Optional<Schedule> before) {

  /** Changes that are remembered: each makes a course's record longer by some 150 bytes. */
  private static final int REMEMBERED = 16;

  /** Part of a record by which it may be due too early: more than what the arithmetic loses. */
  private static final double ROUNDING = 1e-6;

  /** What is not meant to be sent. */
  public static final long NEVER = Long.MAX_VALUE;

  /** A schedule that begins with record 0 at time 0. */
  public static Schedule of(Rate rate, Profile profile) {
    return new Schedule(rate, profile, 0, 0, 0, false, Optional.empty());
  }

  /**
   * ns of the intended send time of record {@code index}; the anchor's if it has no time of its own
   * or that is forgotten.
   */
  public long intendedNanos(long index) {
    if (index < anchorIndex) {
      return before
          .filter(earlier -> earlier.isPaced(index))
          .map(earlier -> earlier.intendedNanos(index))
          .orElse(anchorNanos);
    }
    if (paused) {
      return NEVER;
    }
    if (rate.isMax()) {
      return anchorNanos;
    }
    double area = (index - anchorIndex) / rate.perSecond() + anchorArea();
    return profileNanos + Math.round(1e9 * profile.secondsTo(area));
  }

  /** Whether record {@code index} has a time of its own: at rate max only those before it do. */
  public boolean isPaced(long index) {
    return index < anchorIndex || !rate.isMax();
  }

  /** How many records are due at a time, ns; all there are at rate max. */
  public long dueAt(long nanos) {
    if (paused || nanos < anchorNanos) {
      return anchorIndex;
    }
    if (rate.isMax()) {
      return Long.MAX_VALUE;
    }
    double passed = profile.area(profileSeconds(nanos)) - anchorArea();
    return anchorIndex + (long) Math.floor(rate.perSecond() * passed + ROUNDING) + 1;
  }

  /**
   * How many of so many records are due by an end, ns, if there is one. At rate max that is not for
   * the schedule to say: all of them.
   */
  public long dueBy(Optional<Long> endNanos, long records) {
    if (endNanos.isEmpty() || rate.isMax()) {
      return records;
    }
    return Math.min(records, Math.max(anchorIndex, dueAt(endNanos.get()) - 1));
  }

  /** Records/s that are wanted at a time, ns: infinite at rate max. */
  public double perSecond(long nanos) {
    return paused ? 0 : rate.perSecond() * profile.factor(Math.max(0, profileSeconds(nanos)));
  }

  /** This schedule told on a clock that shows {@code nanos} ns more. */
  public Schedule shifted(long nanos) {
    return new Schedule(
        rate,
        profile,
        profileNanos + nanos,
        anchorNanos + nanos,
        anchorIndex,
        paused,
        before.map(earlier -> earlier.shifted(nanos)));
  }

  /** Another rate from now on; the profile goes on where it is. */
  public Schedule withRate(Rate newRate, long now, long sent) {
    return changed(newRate, profile, profileNanos, now, sent, paused);
  }

  /** Another profile, which begins now. */
  public Schedule withProfile(Profile newProfile, long now, long sent) {
    return changed(rate, newProfile, begun(now), now, sent, paused);
  }

  /**
   * No more from now on, or on again.
   *
   * @param sent how many were sent by now: what counts as due at rate max
   */
  public Schedule withPaused(boolean newPaused, long now, long sent) {
    return changed(rate, profile, profileNanos, now, sent, newPaused);
  }

  private Schedule changed(
      Rate newRate,
      Profile newProfile,
      long newProfileNanos,
      long now,
      long sent,
      boolean newPaused) {
    return new Schedule(
        newRate,
        newProfile,
        newProfileNanos,
        begun(now),
        dueBefore(now, sent),
        newPaused,
        Optional.of(remembering(REMEMBERED - 1)));
  }

  private Schedule remembering(int changes) {
    return new Schedule(
        rate,
        profile,
        profileNanos,
        anchorNanos,
        anchorIndex,
        paused,
        before.filter(any -> changes > 0).map(earlier -> earlier.remembering(changes - 1)));
  }

  /** A change in the moment that members are given to come before a run begins is of its begin. */
  private long begun(long now) {
    return Math.max(now, anchorNanos);
  }

  private long dueBefore(long now, long sent) {
    return rate.isMax() && !paused ? sent : dueAt(now);
  }

  private double anchorArea() {
    return profile.area(profileSeconds(anchorNanos));
  }

  private double profileSeconds(long nanos) {
    return (nanos - profileNanos) / 1e9;
  }
}
