// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.DeadLetterReason;
import dev.billion.schemas.registry.RegistryClient;
import dev.billion.schemas.registry.RegistryConfig;
import dev.billion.schemas.registry.RegistryException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.apache.avro.Schema;

/**
 * The writer schemas by id, asked of the registry once. A schema never changes under its id and is
 * kept for good; that there is none is believed for one batch, since it may be registered any
 * moment, but the tasks of a batch must agree. Safe for use by several threads.
 */
public final class WriterSchemas {

  /** Ids in poison are random: beyond this many those of earlier batches are forgotten. */
  private static final int MOST_ABSENT = 100_000;

  /**
   * One per registry and table in a JVM, since Spark makes the decoder anew for each task: without
   * this every task of every batch would call the registry.
   */
  private static final Map<Purpose, WriterSchemas> SHARED = new ConcurrentHashMap<>();

  private final Map<Integer, WriterSchema> known = new ConcurrentHashMap<>();
  private final Map<Integer, Absence> absent = new ConcurrentHashMap<>();
  private final IntFunction<Schema> registry;

  private final EventLayout layout;

  private record Absence(WriterSchema.Unreadable answer, long batch) {}

  private record Purpose(RegistryConfig registry, Schema reader) {}

  /**
   * @param layout what the records are read as
   * @param registry gives the schema of an id, or throws a {@link RegistryException}
   */
  WriterSchemas(EventLayout layout, IntFunction<Schema> registry) {
    this.layout = layout;
    this.registry = registry;
  }

  /**
   * The schemas of a registry, asked of it with a client of its own.
   *
   * @param layout what the records are read as
   */
  public static WriterSchemas shared(RegistryConfig config, EventLayout layout) {
    return SHARED.computeIfAbsent(
        new Purpose(config, layout.schema()),
        p -> new WriterSchemas(layout, new RegistryClient(config)::schemaById));
  }

  EventLayout layout() {
    return layout;
  }

  /**
   * What is known of an id in a batch.
   *
   * @throws RegistryException.Unreachable if the registry did not answer within its deadline; this
   *     is no reason to give up a record, only to come back later
   * @throws RegistryException.Refused if it answers that this client may not ask
   */
  WriterSchema get(int id, long batch) {
    WriterSchema schema = known.get(id);
    if (schema != null) {
      return schema;
    }
    Absence absence = absent.get(id);
    if (absence != null && absence.batch == batch) {
      return absence.answer;
    }
    return ask(id, batch);
  }

  private WriterSchema ask(int id, long batch) {
    WriterSchema answer;
    try {
      answer = WriterSchema.of(id, registry.apply(id), layout);
    } catch (RegistryException.UnknownId e) {
      return rememberAbsent(
          id,
          batch,
          new WriterSchema.Unreadable(DeadLetterReason.UNKNOWN_SCHEMA_ID, e.getMessage()));
    } catch (RegistryException.UnusableSchema e) {
      answer = new WriterSchema.Unreadable(DeadLetterReason.INCOMPATIBLE_SCHEMA, e.getMessage());
    }
    known.put(id, answer);
    return answer;
  }

  private WriterSchema rememberAbsent(int id, long batch, WriterSchema.Unreadable answer) {
    if (absent.size() >= MOST_ABSENT) {
      absent.values().removeIf(absence -> absence.batch != batch);
    }
    absent.put(id, new Absence(answer, batch));
    return answer;
  }
}
