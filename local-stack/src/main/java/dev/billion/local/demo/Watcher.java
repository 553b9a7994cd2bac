// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.demo;

import dev.billion.local.ChildProcess;

/** Is told how a demo goes, by the demo's thread. */
public interface Watcher extends AutoCloseable {

  /** The producer, or a sink, has started. */
  default void started(ChildProcess program) {}

  /** Every half a second. */
  void show(Progress progress);

  /** Every record is committed, or the demo has failed. */
  @Override
  void close();
}
