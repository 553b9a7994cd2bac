// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.perrecord;

import dev.billion.bench.raw.Acknowledgements;
import dev.billion.bench.raw.ProgressLines;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Waits until every record came back, and says how it went. */
@QuarkusMain
public class Main implements QuarkusApplication {

  private static final long POLL_MILLIS = 10;

  private final Acknowledgements acknowledgements;

  Main(Records records) {
    this.acknowledgements = records.acknowledgements();
  }

  @Override
  public int run(String... arguments) throws InterruptedException {
    try (ProgressLines progress = new ProgressLines(acknowledgements::sent)) {
      while (!acknowledgements.complete()) {
        Thread.sleep(POLL_MILLIS);
      }
    }
    System.out.println(acknowledgements.summary());
    return acknowledgements.errors() == 0 ? 0 : 1;
  }
}
