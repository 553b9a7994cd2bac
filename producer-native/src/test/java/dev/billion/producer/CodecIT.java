// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.local.LocalStack;
import dev.billion.schemas.EventId;
import dev.billion.schemas.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.FileRecords;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every codec of Kafka's, on the disk of a real broker: some need C libraries, which may be
 * missing.
 */
class CodecIT {

  private static final int RECORDS = 20_000;
  private static LocalStack stack;

  @BeforeAll
  static void makeTopics() {
    stack =
        SharedStack.with(
            3,
            Arrays.stream(CompressionType.values())
                .map(codec -> codec.name)
                .toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(CompressionType.class)
  void everyRecordArrivesInBatchesOfTheCodec(CompressionType codec) throws Exception {
    // When
    EmitterProcess emitter =
        EmitterProcess.start(
            stack,
            Map.of("MP_MESSAGING_OUTGOING_USER_EVENTS_COMPRESSION_TYPE", codec.name),
            "--bootstrap=" + stack.bootstrap(),
            "--registry=" + stack.registryUrl(),
            "--topic=" + codec.name,
            "--http-port=0",
            "--rate=max",
            "--records=" + RECORDS);

    // Then
    assertThat(emitter.awaitExit()).isZero();
    List<EventId> ids =
        TopicReader.readAll(stack.bootstrap(), codec.name).stream()
            .map(sent -> EventId.read(sent.value(), WireFormat.HEADER_BYTES))
            .toList();
    assertThat(ids).hasSize(RECORDS).doesNotHaveDuplicates();
    assertThat(codecsOnDisk(codec.name)).containsExactly(codec);
  }

  private static Set<CompressionType> codecsOnDisk(String topic) throws IOException {
    Set<CompressionType> codecs = new HashSet<>();
    for (Path segment : segments(topic)) {
      try (FileRecords records = FileRecords.open(segment.toFile())) {
        records.batches().forEach(batch -> codecs.add(batch.compressionType()));
      }
    }
    return codecs;
  }

  private static List<Path> segments(String topic) throws IOException {
    try (Stream<Path> files = Files.walk(stack.directory().resolve("broker").resolve("data"))) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(file -> file.getParent().getFileName().toString().matches(topic + "-\\d+"))
          .toList();
    }
  }
}
