// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.measure;

import dev.billion.bench.report.Figure;
import java.util.Map;
import java.util.OptionalLong;

/** What a contender says of itself. It is given each line; not for use by several threads. */
public interface Output {

  /** How many records are done, sent or committed, where the line tells it. */
  OptionalLong done(String line);

  /** What the contender measured itself, once it ended. */
  Map<Figure, Double> figures();
}
