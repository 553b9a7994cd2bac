// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.testing.ChildSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSessionsIT {

  @TempDir private Path directory;

  @Test
  void aMachineNeedNotKnowItsOwnName() throws Exception {
    Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
    Path table = directory.resolve("events");

    try (ChildSink sink =
        new ChildSink(
            directory,
            Map.of("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + hosts),
            List.of("kpi", "--once", "--table", table.toString()))) {

      assertThat(sink.await(120)).isOne();
      assertThat(sink.lastError())
          .isEqualTo("error: no table at %s (valid: the events table of a sink)", table);
    }
  }
}
