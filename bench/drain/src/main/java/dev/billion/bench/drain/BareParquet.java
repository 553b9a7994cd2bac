// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.drain;

import dev.billion.producer.event.Event;
import dev.billion.producer.event.EventSource;
import dev.billion.producer.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/**
 * Events made in memory and written to one Parquet file a core, zstd, with Parquet's defaults:
 * neither Kafka nor Spark nor a table. What is left of a sink when nothing but its files remain.
 */
public final class BareParquet {

  private static final int SHARDS = 64;
  private static final long SEED = 1;

  /** How often the counter that others read is brought up to date. */
  private static final int COUNTED = 1024;

  private final EventSource source;
  private final long ingestMicros;
  private final LongAdder written = new LongAdder();

  private BareParquet(long records, long nowMillis) {
    this.source =
        new EventSource(new Run(nowMillis, SEED, SHARDS, records, Run.DEFAULT_EVENT_RATE));
    this.ingestMicros = nowMillis * 1000;
  }

  /** Takes how many records, as of how many partitions, and the directory. */
  public static void main(String[] arguments) throws Exception {
    long records = Long.parseLong(arguments[0]);
    int partitions = Integer.parseInt(arguments[1]);
    Path directory = Files.createDirectories(Path.of(arguments[2]));
    int threads = Math.min(partitions, Runtime.getRuntime().availableProcessors());
    BareParquet parquet = new BareParquet(records, System.currentTimeMillis());
    try (ProgressLines progress = new ProgressLines(parquet.written::sum)) {
      Threads.run(
          threads,
          thread ->
              () -> {
                Path file = directory.resolve("part-" + thread + ".parquet");
                parquet.write(file, thread, threads, partitions);
                return null;
              });
    }
    System.out.printf("{\"events\":%d}%n", parquet.written.sum());
  }

  /** Event i is offset i / partitions of partition i % partitions; one partition after another. */
  private void write(Path file, int thread, int threads, int partitions) throws IOException {
    Event event = new Event();
    int pending = 0;
    try (ParquetWriter<Arrival> writer = new Builder(new LocalOutputFile(file)).build()) {
      for (int partition = thread; partition < partitions; partition += threads) {
        for (long index = partition; index < source.run().records(); index += partitions) {
          source.read(index, event);
          writer.write(new Arrival(event, partition, index / partitions, ingestMicros));
          if (++pending == COUNTED) {
            written.add(pending);
            pending = 0;
          }
        }
      }
    }
    written.add(pending);
  }

  private static final class Builder extends ParquetWriter.Builder<Arrival, Builder> {

    Builder(OutputFile file) {
      super(file);
      withCompressionCodec(CompressionCodecName.ZSTD);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Arrival> getWriteSupport(Configuration configuration) {
      return new EventWriteSupport();
    }
  }
}
