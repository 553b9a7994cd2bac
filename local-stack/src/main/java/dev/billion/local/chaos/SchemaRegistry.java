// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.chaos;

import dev.billion.local.LocalStackException;
import dev.billion.local.Registry;

/** The registry. */
final class SchemaRegistry implements Part {

  private final Registry registry;
  private final Failures failures;
  private volatile boolean struck;

  /**
   * @param failures of starts
   */
  SchemaRegistry(Registry registry, Failures failures) {
    this.registry = registry;
    this.failures = failures;
  }

  @Override
  public void tend() {
    if (!registry.isAlive() && !struck) {
      throw new LocalStackException(registry.ended());
    }
  }

  @Override
  public Recovery strike(Strike strike) throws InterruptedException {
    struck = true;
    registry.kill();
    Thread.sleep(strike.lasting().toMillis());
    Restart.of(registry, failures);
    struck = false;
    return () -> true; // it serves
  }
}
