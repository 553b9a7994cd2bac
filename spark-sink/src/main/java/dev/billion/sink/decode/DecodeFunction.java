// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import dev.billion.schemas.registry.RegistryConfig;
import java.io.Serial;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code decode(value, batch)} for Spark. Spark's generated code calls {@link #invoke} directly,
 * without boxing or a copy of the row; each task has an instance of its own.
 */
public final class DecodeFunction
    implements UnboundFunction, ScalarFunction<InternalRow>, Serializable {

  static final String NAME = "decode";

  @Serial private static final long serialVersionUID = 1L;

  private final RegistryConfig registry;
  private transient RecordDecoder decoder;

  DecodeFunction(RegistryConfig registry) {
    this.registry = registry;
  }

  /** What {@link RecordDecoder#decode} gives; Spark finds this method by its name. */
  public InternalRow invoke(byte[] value, long batch) {
    if (decoder == null) {
      decoder = new RecordDecoder(WriterSchemas.shared(registry));
    }
    return decoder.decode(value, batch);
  }

  @Override
  public BoundFunction bind(StructType inputType) {
    return this;
  }

  @Override
  public DataType[] inputTypes() {
    return new DataType[] {DataTypes.BinaryType, DataTypes.LongType};
  }

  @Override
  public DataType resultType() {
    return RecordDecoder.RESULT;
  }

  @Override
  public boolean isResultNullable() {
    return false;
  }

  /**
   * It is deterministic while the registry is; saying otherwise keeps the optimizer from decoding a
   * record once per column that is read from the result.
   */
  @Override
  public boolean isDeterministic() {
    return false;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "decode(value BINARY, batch BIGINT): the event in a record's value, or why there is none";
  }

  @Override
  public String toString() {
    return NAME;
  }
}
