// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.s3;

import static dev.billion.sink.testing.FaultyLine.Fate.ANSWER_LOST;
import static dev.billion.sink.testing.FaultyLine.Fate.ARRIVES;
import static dev.billion.sink.testing.FaultyLine.Fate.CONFLICT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billion.schemas.UserEvent;
import dev.billion.sink.testing.Events;
import dev.billion.sink.testing.FaultyLine;
import dev.billion.sink.testing.FaultyLine.Fate;
import dev.billion.sink.testing.Program;
import dev.billion.sink.testing.S3Server;
import dev.billion.sink.testing.Stack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.AWSServiceIOException;
import org.apache.spark.sql.execution.streaming.checkpointing.CheckpointFileManager.CancellableFSDataOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditional puts over a line on which they fail. */
class PutIfAbsentIT {

  private static final String TOPIC = "faulty-line";
  private static final String BUCKET = "s3a://" + S3Server.BUCKET;
  private static final int EVENTS = 300;

  @TempDir private static java.nio.file.Path directory;
  private static S3Server server;
  private static FaultyLine line;
  private static Coming coming;

  @BeforeAll
  static void startServer() throws Exception {
    server = new S3Server(directory);
    line = new FaultyLine(server.endpoint());
    server.properties().forEach(System::setProperty);
    System.setProperty("aws.endpointUrlS3", line.endpoint());
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.properties().keySet().forEach(System::clearProperty);
    server.close();
    line.close();
  }

  @Test
  void aConflictIsAskedAgain() throws Exception {
    next(CONFLICT, CONFLICT);
    assertThat(commit("conflict/log", "mine")).isTrue();
    next(CONFLICT, CONFLICT);
    assertThat(plan("conflict/offsets", "mine")).isTrue();

    assertThat(coming.isThrough()).isTrue();
    assertThat(read("conflict/log")).isEqualTo("mine\n");
    assertThat(read("conflict/offsets")).isEqualTo("mine");
  }

  @Test
  void aConflictThatStaysEndsThePut() {
    next(Stream.generate(() -> CONFLICT).iterator());
    try {
      assertThatThrownBy(() -> commit("conflict/stays", "mine"))
          .isInstanceOf(AWSServiceIOException.class)
          .hasMessageContaining("ConditionalRequestConflict");
    } finally {
      next();
    }
  }

  @Test
  void anAnswerThatGotLostIsNoOtherWriter() throws Exception {
    next(ANSWER_LOST);
    assertThat(commit("lost/log", "mine")).isTrue();
    next(ANSWER_LOST);
    assertThat(plan("lost/offsets", "mine")).isTrue();

    assertThat(coming.isThrough()).isTrue();
    assertThat(read("lost/log")).isEqualTo("mine\n");
    assertThat(read("lost/offsets")).isEqualTo("mine");
  }

  @Test
  void anotherWriterIsOneWhateverItWrote() throws Exception {
    assertThat(commit("other/log", "same")).isTrue();
    assertThat(plan("other/offsets", "same")).isTrue();

    for (String mine : List.of("same", "mine")) {
      assertThat(commit("other/log", mine)).isFalse();
      assertThat(plan("other/offsets", mine)).isFalse();
      next(CONFLICT);
      assertThat(commit("other/log", mine)).isFalse();
      next(ANSWER_LOST);
      assertThat(plan("other/offsets", mine)).isFalse();
    }
    assertThat(coming.isThrough()).isTrue();
    assertThat(read("other/log")).isEqualTo("same\n");
    assertThat(read("other/offsets")).isEqualTo("same");
  }

  @Test
  void aSinkGoesOnOverSuchALine() throws Exception {
    // Given
    AtomicInteger puts = new AtomicInteger();
    Stack.createTopic(TOPIC, 1);
    int id = Stack.register("faulty-line-value", UserEvent.getClassSchema());
    Stack.send(
        TOPIC,
        IntStream.range(0, EVENTS).mapToObj(n -> Events.value(id, Events.event(1, 0, n))).toList());
    List<String> args =
        Stack.args(
            "drain",
            TOPIC,
            directory,
            "--table",
            BUCKET + "/events",
            "--checkpoint",
            BUCKET + "/checkpoint",
            "--max-records",
            "100");

    // When
    next(
        IntStream.iterate(0, n -> n + 1)
            .peek(puts::set)
            .mapToObj(n -> List.of(CONFLICT, ANSWER_LOST, ARRIVES).get(n % 3))
            .iterator());
    Program.Result drained = Program.run(args);
    next();

    // Then
    assertThat(drained.exit()).as("%s", drained.err()).isZero();
    assertThat(drained.out().get(0))
        .startsWith("{\"events\":%d,\"dead_letters\":0,\"batches\":3".formatted(EVENTS));
    assertThat(puts.get()).isGreaterThan(3 * (3 + 3 + 3)); // plan, commit, and end of each batch
  }

  private static void next(Fate... fates) {
    next(List.of(fates).iterator());
  }

  private static void next(Iterator<Fate> fates) {
    coming = new Coming(fates);
    line.let(coming);
  }

  private static boolean commit(String name, String content) throws IOException {
    Configuration hadoop = S3Server.hadoop();
    try {
      new S3LogStore(hadoop).write(path(name), List.of(content).iterator(), false, hadoop);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static boolean plan(String name, String content) throws IOException {
    CancellableFSDataOutputStream out =
        new S3CheckpointFiles(path(name).getParent(), S3Server.hadoop())
            .createAtomic(path(name), false);
    out.write(content.getBytes(UTF_8));
    try {
      out.close();
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  private static String read(String name) throws IOException {
    try (InputStream there = path(name).getFileSystem(S3Server.hadoop()).open(path(name))) {
      return new String(there.readAllBytes(), UTF_8);
    }
  }

  private static Path path(String key) {
    return new Path(BUCKET + "/" + key);
  }

  /** What becomes of the next conditional puts, repeated ones too; those that follow arrive. */
  private record Coming(Iterator<Fate> fates) implements FaultyLine.Fates {

    @Override
    public synchronized Fate ofPut(String put) {
      return put.contains("If-None-Match: *") && fates.hasNext() ? fates.next() : ARRIVES;
    }

    synchronized boolean isThrough() {
      return !fates.hasNext();
    }
  }
}
