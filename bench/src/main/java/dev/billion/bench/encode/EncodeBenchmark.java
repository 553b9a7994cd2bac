// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.encode;

import dev.billion.producer.event.Awkward;
import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventSource;
import dev.billion.producer.event.Keys;
import dev.billion.producer.event.Lateness;
import dev.billion.producer.event.Poison;
import dev.billion.producer.event.SchemaMix;
import dev.billion.producer.event.Share;
import dev.billion.producer.run.Run;
import dev.billion.schemas.UserEvent;
import dev.billion.schemas.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The making of one record: its event, its value, and as a baseline the value by Avro's own writer
 * with the generated class and a reused encoder. Each goes round 1,024 different events. And all of
 * it for a run that is awkward in every way but its keys, which are strings, and so new ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {

  private static final int EVENTS = 1024;
  private static final int SCHEMA_ID = 1;
  private static final int VALUE_BYTES = 256;
  private static final int SHARDS = 64;
  private static final long RUN_ID = 1_750_000_000_000L;

  private static final Awkward AWKWARD =
      new Awkward(
          new Lateness(Share.parse("1%"), Duration.ofMinutes(10)),
          Share.parse("0.01%"),
          Keys.NONE,
          SchemaMix.parse("v1:80,v2:20"));

  private final EventSource source =
      new EventSource(new Run(RUN_ID, 1, SHARDS, Run.UNBOUNDED, Run.DEFAULT_EVENT_RATE));
  private final EventSource awkwardSource =
      new EventSource(new Run(RUN_ID, 1, SHARDS, Run.UNBOUNDED, Run.DEFAULT_EVENT_RATE, AWKWARD));
  private final Poison poison = awkwardSource.poison();
  private final Encoding encoding = new Encoding(SCHEMA_ID);
  private final Event event = new Event();
  private final Event[] events = new Event[EVENTS];
  private final UserEvent[] avroEvents = new UserEvent[EVENTS];
  private final SpecificDatumWriter<UserEvent> avroWriter =
      new SpecificDatumWriter<>(UserEvent.class);
  private final ByteArrayOutputStream avroBytes = new ByteArrayOutputStream(VALUE_BYTES);
  private final BinaryEncoder avroEncoder = EncoderFactory.get().binaryEncoder(avroBytes, null);
  private final byte[] header = new byte[WireFormat.HEADER_BYTES];
  private long index;

  @Setup
  public void fill() throws IOException {
    WireFormat.writeHeader(header, SCHEMA_ID);
    SpecificDatumReader<UserEvent> reader = new SpecificDatumReader<>(UserEvent.class);
    for (int i = 0; i < EVENTS; i++) {
      events[i] = new Event();
      source.read(i, events[i]);
      byte[] value = encoding.encode(events[i]);
      BinaryDecoder body =
          DecoderFactory.get()
              .binaryDecoder(
                  value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, null);
      avroEvents[i] = reader.read(null, body);
    }
  }

  @Benchmark
  public Event generate() {
    source.read(index++, event);
    return event;
  }

  @Benchmark
  public byte[] encode() {
    return encoding.encode(events[next()]);
  }

  @Benchmark
  public byte[] avroSpecificWriter() throws IOException {
    avroBytes.reset();
    avroBytes.write(header, 0, header.length);
    avroWriter.write(avroEvents[next()], avroEncoder);
    avroEncoder.flush();
    return avroBytes.toByteArray();
  }

  @Benchmark
  public byte[] awkward() {
    int shard = (int) (index % SHARDS);
    long sequence = index++ / SHARDS;
    awkwardSource.read(shard, sequence, event);
    byte[] value = encoding.encode(event);
    Event poisonous = poison.after(shard, sequence);
    return poisonous == null ? value : Poison.damaged(poisonous, value);
  }

  private int next() {
    return (int) (index++ % EVENTS);
  }
}
