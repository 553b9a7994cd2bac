// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import dev.billion.sink.stream.Progress;
import dev.billion.sink.stream.Summary;

/** What the sink tells whoever started it. */
interface SinkReport {

  void progress(Progress progress);

  void summary(Summary summary);
}
