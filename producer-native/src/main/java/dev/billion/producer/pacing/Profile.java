// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.pacing;

/**
 * The shape of a load over time: a factor that the rate is multiplied with. Times are seconds since
 * the shape's beginning. {@link #toString} gives the text that {@link #parse} reads.
 */
public sealed interface Profile permits Constant, Ramp, Sine, Spikes {

  Profile CONSTANT = new Constant();

  /** The factor at a time, never negative. */
  double factor(double seconds);

  /** The integral of {@link #factor} from 0 to a time: grows without bound, never shrinks. */
  double area(double seconds);

  /** The inverse of {@link #area}: a time, s, at which the area is reached. */
  double secondsTo(double area);

  /**
   * A profile as people write it, such as {@code sine:period=10m,amplitude=0.5}.
   *
   * @throws IllegalArgumentException if it is not one; the message says what is valid
   */
  static Profile parse(String text) {
    Settings settings = Settings.parse(text);
    Profile profile =
        switch (settings.name()) {
          case "constant" -> CONSTANT;
          case "ramp" -> new Ramp(settings.seconds("over", "5m"), settings.number("from", "0"));
          case "sine" ->
              new Sine(settings.seconds("period", "10m"), settings.number("amplitude", "0.5"));
          case "spikes" ->
              new Spikes(
                  settings.seconds("every", "1m"),
                  settings.seconds("for", "5s"),
                  settings.number("factor", "10"));
          default -> throw Settings.wrong(text);
        };
    settings.requireAllUsed();
    return profile;
  }
}
