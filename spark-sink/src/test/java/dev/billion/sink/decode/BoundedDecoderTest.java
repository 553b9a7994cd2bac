// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedDecoderTest {

  private static final byte[] TWO_GIGABYTES = {
    (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0xF
  };

  private final BoundedDecoder decoder = new BoundedDecoder();

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1, 63, -64, 64, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE})
  void longsReadAsTheyWereWritten(long value) throws IOException {
    read(encoder -> encoder.writeLong(value));

    assertThat(decoder.readLong()).isEqualTo(value);
    assertThat(decoder.remaining()).isZero();
  }

  @Test
  void everyTypeReadsAsItWasWritten() throws IOException {
    read(
        encoder -> {
          encoder.writeNull();
          encoder.writeBoolean(true);
          encoder.writeInt(-123_456);
          encoder.writeFloat(1.5f);
          encoder.writeDouble(-2.5);
          encoder.writeString("h\u00e9llo \uD83D\uDE00");
          encoder.writeString("again");
          encoder.writeBytes(new byte[] {1, 2, 3});
          encoder.writeFixed(new byte[] {4, 5});
          encoder.writeEnum(3);
          encoder.writeIndex(1);
        });

    decoder.readNull();
    assertThat(decoder.readBoolean()).isTrue();
    assertThat(decoder.readInt()).isEqualTo(-123_456);
    assertThat(decoder.readFloat()).isEqualTo(1.5f);
    assertThat(decoder.readDouble()).isEqualTo(-2.5);
    assertThat(decoder.readString()).isEqualTo("h\u00e9llo \uD83D\uDE00");
    assertThat(decoder.readString(new Utf8("reused")).toString()).isEqualTo("again");
    assertThat(decoder.readBytes(null)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    byte[] fixed = new byte[2];
    decoder.readFixed(fixed);
    assertThat(fixed).containsExactly(4, 5);
    assertThat(decoder.readEnum()).isEqualTo(3);
    assertThat(decoder.readIndex()).isEqualTo(1);
    assertThat(decoder.remaining()).isZero();
  }

  @Test
  void whatIsSkippedIsLeftBehind() throws IOException {
    read(
        encoder -> {
          encoder.writeString("skipped");
          encoder.writeBytes(new byte[] {1, 2, 3});
          encoder.writeFixed(new byte[] {4, 5});
          encoder.writeBoolean(true);
        });

    decoder.skipString();
    decoder.skipBytes();
    decoder.skipFixed(2);

    assertThat(decoder.readBoolean()).isTrue();
  }

  @Test
  void itemsOfABlockAreCounted() throws IOException {
    read(
        encoder -> {
          encoder.writeArrayStart();
          encoder.setItemCount(2);
          encoder.startItem();
          encoder.writeInt(7);
          encoder.startItem();
          encoder.writeInt(8);
          encoder.writeArrayEnd();
        });

    assertThat(decoder.readArrayStart()).isEqualTo(2);
    assertThat(decoder.readInt()).isEqualTo(7);
    assertThat(decoder.readInt()).isEqualTo(8);
    assertThat(decoder.arrayNext()).isZero();
  }

  @Test
  void blocksWithTheirSizeAreSkippedWhole() throws IOException {
    read(
        encoder -> {
          encoder.writeLong(-2); // two items in a block whose size follows
          encoder.writeLong(3);
          encoder.writeFixed(new byte[] {1, 2, 3});
          encoder.writeLong(0);
          encoder.writeBoolean(true);
        });

    assertThat(decoder.skipMap()).isZero();
    assertThat(decoder.readBoolean()).isTrue();
  }

  @Test
  void aLengthBeyondTheRecordIsRefusedBeforeMemoryIsTaken() {
    refuses(TWO_GIGABYTES, decoder::readString, "string of 2147483647 bytes where 0 are left");
    refuses(TWO_GIGABYTES, () -> decoder.readBytes(null), "bytes of 2147483647 bytes where 0");
    refuses(TWO_GIGABYTES, decoder::skipString, "string of 2147483647 bytes where 0 are left");
    refuses(TWO_GIGABYTES, decoder::readArrayStart, "block of 2147483647 items");
    refuses(TWO_GIGABYTES, decoder::skipMap, "block of 2147483647 items");
  }

  @Test
  void aNegativeLengthIsRefused() {
    refuses(new byte[] {1}, decoder::readString, "string of -1 bytes");
    refuses(new byte[] {1}, () -> decoder.readBytes(null), "bytes of -1 bytes");
    refuses(new byte[] {1}, decoder::readEnum, "enum index -1");
    refuses(new byte[] {1}, decoder::readIndex, "union index -1");
  }

  @Test
  void manyBlocksCannotPromiseMoreItemsThanTheRecordHasBytes() throws IOException {
    decoder.reset(new byte[] {6, 6, 0, 0, 0}, 0); // 3 items, then 3 more, of 5 bytes in all

    assertThat(decoder.readArrayStart()).isEqualTo(3);
    assertThatThrownBy(decoder::arrayNext).hasMessageContaining("block of 3 items");
  }

  @Test
  void varintsThatOverflowAreRefused() {
    byte[] eleven = new byte[11];
    Arrays.fill(eleven, (byte) 0x80);
    refuses(eleven, decoder::readLong, "varint of more than 10 bytes");
    byte[] tooLarge = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2};
    refuses(tooLarge, decoder::readLong, "varint of more than 64 bits");
    byte[] noInt = {-1, -1, -1, -1, -1, 1};
    refuses(noInt, decoder::readInt, "int of value");
  }

  @Test
  void theEndOfTheRecordIsAnError() {
    refuses(new byte[0], decoder::readBoolean, "end of the record, 1 more bytes needed at byte 0");
    refuses(new byte[] {-1}, decoder::readLong, "end of the record");
    refuses(new byte[7], decoder::readDouble, "end of the record");
    refuses(new byte[3], () -> decoder.readFixed(new byte[4]), "end of the record");
  }

  @Test
  void aStringThatIsNotUtf8IsRefused() {
    refuses(new byte[] {4, (byte) 0xC3, 0x28}, decoder::readString, "not UTF-8");
  }

  @Test
  void aBooleanIsZeroOrOne() {
    refuses(new byte[] {2}, decoder::readBoolean, "boolean of value 2");
  }

  private void refuses(byte[] bytes, ThrowingCallable read, String why) {
    decoder.reset(bytes, 0);
    assertThatThrownBy(read).isInstanceOf(NotDecodableException.class).hasMessageContaining(why);
  }

  private void read(Written written) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0); // the decoder starts at an offset
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    written.by(encoder);
    encoder.flush();
    decoder.reset(bytes.toByteArray(), 1);
  }

  private interface Written {
    void by(BinaryEncoder encoder) throws IOException;
  }
}
