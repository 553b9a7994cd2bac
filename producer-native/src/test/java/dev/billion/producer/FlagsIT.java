// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.local.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the packaged emitter says to wrong input: one line, and an exit code. */
class FlagsIT {

  @TempDir Path directory;
  private final List<String> stdout = new CopyOnWriteArrayList<>();
  private final List<String> stderr = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--bogus | Unknown option: '--bogus' (see --help)",
        "--records=10x | not a count: '10x' (valid: a whole number such as 1000000, 50k, 10M, 1B) (see --help)",
        "--rate=fast | not a rate: 'fast' (valid: 'max', or records/s above 0 such as 500, 50k, 277_778) (see --help)",
        "--duration=5 | not a time: '5' (valid: a number with a unit such as 500ms, 30s, 5m, 2h) (see --help)",
        "--run=xyz | not a run: 'xyz' (valid: up to 12 hexadecimal digits) (see --help)",
        "--profile=square | not a profile: 'square' (valid: constant, ramp:over=5m,from=0, sine:period=10m,amplitude=0.5, spikes:every=1m,for=5s,factor=10) (see --help)",
        "--delivery=maybe | not a guarantee: 'maybe' (valid: exactly-once, at-least-once) (see --help)",
        "--late=1 | not a share: '1' (valid: 0% to 100%, such as 1% or 0.01%) (see --help)",
        "--late-by=5 | not a time: '5' (valid: a number with a unit such as 500ms, 30s, 5m, 2h) (see --help)",
        "--late-by=5m | --late-by is for late events, and there are none: set --late too, such as 1%",
        "--poison=101% | not a share: '101%' (valid: 0% to 100%, such as 1% or 0.01%) (see --help)",
        "--keys=region | not a kind of keys: 'region' (valid: none, session, user) (see --help)",
        "--schema-mix=v1 | not a schema mix: 'v1' (valid: versions, each once, and their weights, such as v1:80,v2:20) (see --help)",
        "--schema-mix=v1:1,v3:1 | no such schema version: 'v3' (valid: v1 to v2) (see --help)",
        "--seed=one | not a whole number: 'one' (see --help)",
        "--kafka-config=/no/such | cannot read --kafka-config /no/such: no such readable file (see --help)",
        "--shards=9999 | must be from 1 to 4096: shards=9999",
      })
  void aWrongFlagIsToldInOneLineWithExitTwo(String flag, String line) {
    assertThat(run(Map.of(), flag, "--http-port=0")).isEqualTo(2);
    assertThat(stderr).containsExactly("error: " + line);
    assertThat(stdout).isEmpty();
  }

  @Test
  void aWrongEnvironmentVariableIsToldInOneLine() {
    assertThat(run(Map.of("EMITTER_RATE", "abc"), "--http-port=0")).isEqualTo(1);
    assertThat(stderr).hasSize(1);
    assertThat(stderr.get(0)).startsWith("error: ").contains("emitter.rate").contains("'abc'");
  }

  @Test
  void aBrokerThatCannotBeReachedIsNamed() {
    assertThat(run(Map.of(), "--bootstrap=127.0.0.1:1", "--startup-timeout=2s", "--http-port=0"))
        .isEqualTo(1);
    assertThat(stderr).containsExactly("error: broker 127.0.0.1:1 not reachable within 2 s");
  }

  @Test
  void helpShowsEveryFlagAndExitsZero() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(stdout.get(0)).startsWith("Usage: billion produce");
    assertThat(stderr).isEmpty();
  }

  @Test
  void aWrongRateForAFleetIsToldInOneLineWithExitTwo() {
    assertThat(run(Map.of(), "control", "rate", "fast")).isEqualTo(2);
    assertThat(stderr)
        .containsExactly(
            "error: not a rate: 'fast' (valid: 'max', or records/s above 0 such as 500, 50k, 277_778)"
                + " (see --help)");
  }

  @Test
  void aFleetThatCannotBeReachedIsToldInOneLine() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("kafka.properties"),
            "default.api.timeout.ms=500\nrequest.timeout.ms=500\n");
    assertThat(
            run(
                Map.of(),
                "control",
                "status",
                "--bootstrap=127.0.0.1:1",
                "--kafka-config=" + config))
        .isEqualTo(1);
    assertThat(stderr).hasSize(1);
    assertThat(stderr.get(0)).startsWith("error: cannot reach the fleet at 127.0.0.1:1: ");
  }

  private int run(Map<String, String> environment, String... flags) {
    return ChildProcess.start(
            new ChildProcess.Command(
                "emitter",
                Artifact.latest().command(List.of(flags)),
                environment,
                directory.resolve("emitter.log")),
            stdout::add,
            stderr::add)
        .onExit()
        .join();
  }
}
