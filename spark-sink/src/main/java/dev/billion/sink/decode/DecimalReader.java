// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;

/**
 * Makes bytes, a whole number in two's complement, a decimal of a table: a number where that has
 * room for all digits, else bytes of a fixed length.
 */
final class DecimalReader implements FieldReader {

  private final int column;
  private final String name;
  private final FieldReader bytes;
  private final int precision;
  private final BigInteger limit;

  /**
   * @param bytes reads them into the column
   */
  DecimalReader(int column, String name, LogicalTypes.Decimal decimal, FieldReader bytes) {
    this.column = column;
    this.name = name;
    this.bytes = bytes;
    this.precision = decimal.getPrecision();
    this.limit = BigInteger.TEN.pow(precision);
  }

  @Override
  public void read(BoundedDecoder in, EventView event) throws IOException {
    bytes.read(in, event);
    int length = event.length(column);
    if (length == 0) {
      throw new NotDecodableException("%s is a decimal of no bytes".formatted(name));
    }
    BigInteger value = new BigInteger(event.source(column), event.start(column), length);
    if (value.abs().compareTo(limit) >= 0) {
      throw new NotDecodableException(
          "%s has more than the %d digits of its column".formatted(name, precision));
    }
    if (precision <= EventColumn.LONG_DIGITS) {
      event.set(column, value.longValueExact());
    } else {
      byte[] padded = padded(value.toByteArray(), EventColumn.decimalBytes(precision));
      event.set(column, padded, 0, padded.length);
    }
  }

  private static byte[] padded(byte[] number, int length) {
    byte[] padded = new byte[length];
    if (number[0] < 0) {
      Arrays.fill(padded, (byte) -1);
    }
    System.arraycopy(number, 0, padded, length - number.length, number.length);
    return padded;
  }
}
