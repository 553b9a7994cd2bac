// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryConfig;
import dev.billion.schemas.registry.RegistryException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * The writer schemas by id, asked of the registry once. A schema never changes under its id and is
 * kept for good; that there is none is believed for {@link #BELIEVED_ABSENT} only, since it may be
 * registered any moment. Safe for use by several threads.
 */
final class WriterSchemas {

  static final Duration BELIEVED_ABSENT = Duration.ofSeconds(10);

  /** Ids in poison are random: beyond this many the oldest knowledge is asked for again. */
  private static final int MOST_ABSENT = 100_000;

  /**
   * One per registry in a JVM, since Spark makes the decoder anew for each task: without this every
   * task of every batch would call the registry.
   */
  private static final Map<RegistryConfig, WriterSchemas> SHARED = new ConcurrentHashMap<>();

  private final Map<Integer, WriterSchema> known = new ConcurrentHashMap<>();
  private final Map<Integer, Absence> absent = new ConcurrentHashMap<>();
  private final IntFunction<Schema> registry;
  private final LongSupplier nanoTime;

  private record Absence(WriterSchema.Unreadable answer, long sinceNanos) {}

  /**
   * @param registry gives the schema of an id, or throws a {@link RegistryException}
   * @param nanoTime a clock, ns
   */
  WriterSchemas(IntFunction<Schema> registry, LongSupplier nanoTime) {
    this.registry = registry;
    this.nanoTime = nanoTime;
  }

  static WriterSchemas shared(RegistryConfig config) {
    return SHARED.computeIfAbsent(
        config, c -> new WriterSchemas(new RegistryClient(c)::schemaById, System::nanoTime));
  }

  /**
   * What is known of an id.
   *
   * @throws RegistryException.Unreachable if the registry did not answer within its deadline; this
   *     is no reason to give up a record, only to come back later
   * @throws RegistryException.Refused if it answers that this client may not ask
   */
  WriterSchema get(int id) {
    WriterSchema schema = known.get(id);
    if (schema != null) {
      return schema;
    }
    Absence absence = absent.get(id);
    if (absence != null && nanoTime.getAsLong() - absence.sinceNanos < BELIEVED_ABSENT.toNanos()) {
      return absence.answer;
    }
    return ask(id);
  }

  private WriterSchema ask(int id) {
    WriterSchema answer;
    try {
      answer = WriterSchema.of(id, registry.apply(id));
    } catch (RegistryException.UnknownId e) {
      return rememberAbsent(
          id, new WriterSchema.Unreadable(DeadLetterReason.UNKNOWN_SCHEMA_ID, e.getMessage()));
    } catch (RegistryException.UnusableSchema e) {
      answer = new WriterSchema.Unreadable(DeadLetterReason.INCOMPATIBLE_SCHEMA, e.getMessage());
    }
    known.put(id, answer);
    return answer;
  }

  private WriterSchema rememberAbsent(int id, WriterSchema.Unreadable answer) {
    if (absent.size() >= MOST_ABSENT) {
      absent.clear();
    }
    absent.put(id, new Absence(answer, nanoTime.getAsLong()));
    return answer;
  }
}
