// SPDX-License-Identifier: Apache-2.0
package dev.billion.local.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeedTest {

  private final Feed feed = new Feed();

  @Test
  void theLastProgressLineCounts() {
    feed.stderr("{\"progress\":\"sink\",\"events\":3}");
    feed.stderr("{\"progress\":\"sink\",\"events\":5,\"dead_letters\":1}");
    assertThat(feed.progress("events")).isEqualTo(5);
    assertThat(feed.progress("dead_letters")).isEqualTo(1);
  }

  @Test
  void logLinesAreNoProgress() {
    feed.stderr("INFO started");
    feed.stderr("{not json");
    feed.stderr("{\"level\":\"info\"}");
    assertThat(feed.progress("events")).isZero();
    assertThat(feed.error()).isEmpty();
  }

  @Test
  void theLastErrorLineCounts() {
    feed.stderr("error: first");
    feed.stderr("error: registry not reachable");
    feed.stderr("  at somewhere");
    assertThat(feed.error()).contains("registry not reachable");
  }

  @Test
  void theSummaryIsTheLastLineOfStandardOutputWhereItIsAnObject() {
    feed.stdout("{\"ok\":false}");
    feed.stdout("{\"ok\":true}");
    assertThat(feed.summary().orElseThrow().get("ok").asBoolean()).isTrue();
    feed.stdout("3");
    assertThat(feed.summary()).isEmpty();
  }
}
