// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import dev.billion.schemas.registry.RegistryClient;
import dev.billion.sink.SinkException;
import dev.billion.sink.decode.EventLayout;
import dev.billion.sink.decode.WiderSchema;
import dev.billion.sink.table.SinkTable;
import dev.billion.sink.table.TableLayout;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema that records are read as. The events table keeps it, so that every start reads them
 * the same way, and has a column for each of its fields. For one thread.
 */
final class EventSchema {

  private static final Logger LOG = LoggerFactory.getLogger(EventSchema.class);
  private static final String SUBJECT = "billion.subject";

  private final SinkTable table;
  private final SchemaSettings.Evolve evolve;
  private EventLayout layout;

  EventSchema(SinkTable table, EventLayout layout, SchemaSettings.Evolve evolve) {
    this.table = table;
    this.layout = layout;
    this.evolve = evolve;
  }

  /**
   * The schema of the events table, which is made if it is not there.
   *
   * @throws SinkException if the table is for another subject, or there is no table for the
   *     subject's schema
   */
  static EventSchema open(SparkSession spark, SinkSettings settings) {
    SinkTable found = new SinkTable(spark, settings.table(), TableLayout.EVENTS);
    String subject = settings.schema().subject();
    Optional<String> kept = found.property(TableLayout.SCHEMA);
    if (subject != null && found.exists()) {
      requireSubject(found, subject);
    }
    try {
      EventLayout layout =
          kept.map(EventLayout::parse)
              .orElseGet(() -> subject == null ? EventLayout.USER_EVENT : latest(settings));
      TableLayout columns = TableLayout.of(layout);
      SinkTable table =
          new SinkTable(
              spark, settings.table(), subject == null ? columns : columns.with(SUBJECT, subject));
      table.createIfAbsent();
      return new EventSchema(table, layout, settings.schema().evolve());
    } catch (IllegalArgumentException e) {
      throw new SinkException(
          "no table for %s: %s"
              .formatted(subject == null ? found : "subject '" + subject + "'", e.getMessage()),
          e);
    }
  }

  SinkTable table() {
    return table;
  }

  EventLayout layout() {
    return layout;
  }

  /** Whether fields that the table lacks are left out. */
  boolean ignoresMore() {
    return evolve == SchemaSettings.Evolve.IGNORE;
  }

  /**
   * Has the table take the fields that it lacks.
   *
   * @throws SinkException if the policy is to fail
   */
  void widen(WiderSchema wider) {
    if (evolve == SchemaSettings.Evolve.FAIL) {
      throw new SinkException(
          "schema %d has fields that table %s lacks: %s (valid: --evolve add or --evolve ignore; nothing is lost)"
              .formatted(wider.id(), table, wider.added()));
    }
    EventLayout more = EventLayout.parse(wider.json());
    table.widen(TableLayout.of(more));
    layout = more;
    LOG.info("table {} has new columns by schema {}: {}", table, wider.id(), wider.added());
  }

  private static EventLayout latest(SinkSettings settings) {
    RegistryClient registry = new RegistryClient(settings.registry());
    return new EventLayout(registry.latest(settings.schema().subject()));
  }

  private static void requireSubject(SinkTable table, String subject) {
    String made = table.property(SUBJECT).orElse("");
    if (!made.equals(subject)) {
      throw new SinkException(
          "table %s was made for %s, not for subject '%s' (valid: the subject that the table was made for, or another table)"
              .formatted(table, made.isEmpty() ? "UserEvent" : "subject '" + made + "'", subject));
    }
  }
}
