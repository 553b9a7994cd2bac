// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.perrecord;

import dev.billion.bench.raw.Acknowledgements;
import dev.billion.bench.raw.Payloads;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/** A stream of one message for each record, made when the channel asks for it. */
@Singleton
public class Records {

  private final byte[][] values;
  private final int records;
  private final Acknowledgements acknowledgements;

  Records(
      @ConfigProperty(name = "bench.payloads") String payloads,
      @ConfigProperty(name = "bench.records") int records)
      throws IOException {
    this.values = Payloads.read(Path.of(payloads));
    this.records = records;
    this.acknowledgements = new Acknowledgements(records);
  }

  Acknowledgements acknowledgements() {
    return acknowledgements;
  }

  @Outgoing("events")
  Multi<Message<byte[]>> events() {
    return Multi.createFrom().range(0, records).map(this::message);
  }

  private Message<byte[]> message(int index) {
    byte[] value = values[index % values.length];
    boolean timed = acknowledgements.timed(index);
    long nanos = timed ? System.nanoTime() : 0;
    return Message.of(
        value,
        () -> {
          if (timed) {
            acknowledgements.acknowledged(nanos);
          } else {
            acknowledgements.acknowledged();
          }
          return CompletableFuture.completedFuture(null);
        },
        trouble -> {
          acknowledgements.failed();
          return CompletableFuture.completedFuture(null);
        });
  }
}
