// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.bench.raw.Payloads;
import dev.billion.schemas.UserEvent;
import dev.billion.schemas.WireFormat;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadFileTest {

  @TempDir private Path directory;

  @Test
  void itHoldsGenuineEventsAndTheirMeanSize() throws Exception {
    // When
    PayloadFile file = PayloadFile.write(directory.resolve("payloads"));

    // Then
    byte[][] values = Payloads.read(file.path());
    assertThat(values).hasNumberOfRows(10_000);
    assertThat(Arrays.stream(values).distinct()).hasSize(10_000);
    assertThat(Arrays.stream(values).mapToInt(value -> value.length).average())
        .hasValue(file.meanBytes());
    for (byte[] value : values) {
      assertThat(event(value).getEventTime()).isNotNull();
    }
  }

  private static UserEvent event(byte[] value) throws Exception {
    BinaryDecoder body =
        DecoderFactory.get()
            .binaryDecoder(
                value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, null);
    UserEvent event = new SpecificDatumReader<>(UserEvent.class).read(null, body);
    assertThat(body.isEnd()).isTrue();
    return event;
  }
}
