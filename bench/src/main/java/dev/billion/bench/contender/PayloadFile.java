// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import dev.billion.bench.encode.Encoding;
import dev.billion.bench.raw.Payloads;
import dev.billion.local.Errors;
import dev.billion.local.LocalStackException;
import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventSource;
import dev.billion.producer.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first events of a run, encoded, for contenders that make none themselves.
 *
 * @param path the file
 * @param meanBytes mean size of a value
 */
public record PayloadFile(Path path, double meanBytes) {

  private static final int EVENTS = 10_000;
  private static final int SHARDS = 64;
  private static final int SCHEMA_ID = 1;
  private static final long RUN_ID = 1_750_000_000_000L;

  public static PayloadFile write(Path path) {
    List<byte[]> values = values();
    try {
      Payloads.write(path, values);
    } catch (IOException e) {
      throw new LocalStackException("cannot write " + Errors.describe(e), e);
    }
    return new PayloadFile(
        path, values.stream().mapToInt(value -> value.length).average().orElseThrow());
  }

  private static List<byte[]> values() {
    EventSource source =
        new EventSource(new Run(RUN_ID, 1, SHARDS, EVENTS, Run.DEFAULT_EVENT_RATE));
    Encoding encoding = new Encoding(SCHEMA_ID);
    Event event = new Event();
    List<byte[]> values = new ArrayList<>();
    for (int index = 0; index < EVENTS; index++) {
      source.read(index, event);
      values.add(encoding.encode(event).clone());
    }
    return values;
  }
}
