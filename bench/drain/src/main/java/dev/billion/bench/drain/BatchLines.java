// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.drain;

import org.apache.spark.sql.streaming.StreamingQueryListener;

/** A line of progress after each batch of a query. */
final class BatchLines extends StreamingQueryListener {

  private static final long serialVersionUID = 1L;

  private long events;

  @Override
  public void onQueryStarted(QueryStartedEvent event) {}

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    events += event.progress().numInputRows();
    ProgressLines.print(events);
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {}
}
