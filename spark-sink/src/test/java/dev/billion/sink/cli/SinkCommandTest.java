// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.sink.testing.Program;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --max-records=0     | must be at least 1: 0
          --max-records=lots  | not a count: 'lots' (valid: a whole number such as 1000000, 50k, 10M, 1B)
          --trigger=5         | not a time: '5' (valid: a number with a unit such as 500ms, 30s, 5m, 2h)
          --registry=ftp://x  | not a registry address: 'ftp://x' (valid: http://host:port or https://host:port)
           --from=middle       | Invalid value for option '--from'
          --metrics=here      | not an address to serve metrics at: 'here' (valid: PORT or HOST:PORT such as 0.0.0.0:9404)
          --wrong             | Unknown option: '--wrong'
          --kpi-every=0s      | --kpi-every must be above 0
          --vacuum-retention=10m | a retention of 600 s would delete files that a running batch
          """)
  void aValueThatIsNotValidIsRefusedInOneLine(String argument, String error) {
    List<String> args = new ArrayList<>(List.of("stream", "--bootstrap=x:1", "--table=/t"));
    args.addAll(List.of("--checkpoint=/c", argument));
    if (!argument.startsWith("--registry")) {
      args.add("--registry=http://localhost:1");
    }

    Program.Result result = Program.run(args);

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).hasSize(1);
    assertThat(result.lastError())
        .startsWith("error: ")
        .contains(error)
        .endsWith("(see: billion-sink stream --help)");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aCommandIsNeeded() {
    assertThat(Program.run(List.of()).exit()).isEqualTo(2);
    assertThat(Program.run(List.of("swim")).exit()).isEqualTo(2);
  }

  @Test
  void brokersThatCannotBeReachedAreNamed() {
    Program.Result result = Program.run(drain("--bootstrap=localhost:1"));

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).hasSize(1);
    assertThat(result.lastError())
        .startsWith("error: Kafka not reachable at localhost:1 within 1 s");
  }

  @Test
  void brokersThatHaveNoAddressAreNamed() {
    Program.Result result = Program.run(drain("--bootstrap=no.such.host.invalid:9092"));

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.lastError())
        .startsWith("error: cannot use Kafka brokers no.such.host.invalid:9092")
        .endsWith("(valid: host:port[,host:port...])");
  }

  @Test
  void aFileOfKafkaSettingsThatIsNotThereIsNamed() {
    Program.Result result =
        Program.run(drain("--bootstrap=localhost:1", "--kafka-config=/no/such/file"));

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.lastError()).startsWith("error: cannot read --kafka-config /no/such/file");
  }

  @Test
  void deadLettersAreBesideTheEvents() {
    assertThat(TableUris.deadLettersBeside("/data/events/")).isEqualTo("/data/dead_letters");
    assertThat(TableUris.deadLettersBeside("s3a://lake/events"))
        .isEqualTo("s3a://lake/dead_letters");
    assertThat(TableUris.deadLettersBeside("events")).isEqualTo("dead_letters");
  }

  private static List<String> drain(String... more) {
    List<String> args = new ArrayList<>(List.of("drain", "--table=/t/events", "--checkpoint=/c"));
    args.addAll(List.of("--registry=http://localhost:1", "--startup-timeout=1s"));
    args.addAll(List.of(more));
    return args;
  }
}
