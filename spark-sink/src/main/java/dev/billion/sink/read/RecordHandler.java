// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.read;

import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Is told of each record that is read. */
@FunctionalInterface
public interface RecordHandler {

  void handle(ConsumerRecord<byte[], byte[]> record) throws IOException;
}
