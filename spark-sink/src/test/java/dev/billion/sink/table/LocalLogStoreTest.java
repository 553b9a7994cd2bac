// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLogStoreTest {

  private static final int WRITERS = 4;
  private static final int LINES = 1_000;
  private static final String HINT = "_last_checkpoint";
  private final Configuration hadoop = new Configuration();
  private final LocalLogStore store = new LocalLogStore(hadoop);
  @TempDir private java.nio.file.Path log;

  @Test
  void ofSeveralThatWriteAFileOneDoesAndItIsWhole() throws Exception {
    // Given
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    for (int version = 0; version < 50; version++) {
      Path file = path("%020d.json".formatted(version));

      // When
      List<Callable<Boolean>> writers =
          IntStream.range(0, WRITERS)
              .mapToObj(writer -> (Callable<Boolean>) () -> write(file, "writer " + writer))
              .toList();
      int written = 0;
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        written += writer.get() ? 1 : 0;
      }

      // Then
      assertThat(written).isEqualTo(1);
      assertThat(Files.readAllLines(log.resolve(file.getName())))
          .hasSize(LINES)
          .containsOnly(Files.readAllLines(log.resolve(file.getName())).get(0));
    }
    threads.shutdownNow();
    try (Stream<java.nio.file.Path> files = Files.list(log)) {
      assertThat(files).hasSize(50);
    }
  }

  @Test
  void aFileThatMayBeOverwrittenIs() throws IOException {
    // When
    store.write(path("_last_checkpoint"), List.of("old").iterator(), true, hadoop);
    store.write(path("_last_checkpoint"), List.of("new").iterator(), true, hadoop);

    // Then
    assertThat(store.read(path("_last_checkpoint"), hadoop)).toIterable().containsExactly("new");
  }

  @Test
  void aListingBeginsWithTheFileOfThatNameAndGoesByNames() throws IOException {
    // Given
    for (String name : List.of("3.json", "1.json", "2.json", "2.crc")) {
      Files.writeString(log.resolve(name), "{}");
    }

    // Then
    assertThat(names("2.crc")).containsExactly("2.crc", "2.json", "3.json");
    assertThat(names("4")).isEmpty();
  }

  @Test
  void aListingLooksAtNoMoreFilesThanAreAskedFor() throws IOException {
    // Given
    for (String name : List.of("1.json", "2.json", "3.json")) {
      Files.writeString(log.resolve(name), "{}");
    }
    Iterator<FileStatus> listing = store.listFrom(path("1"), hadoop);

    // When
    String first = listing.next().getPath().getName();
    Files.delete(log.resolve("3.json"));

    // Then: who had looked at the third would still tell of it
    assertThat(first).isEqualTo("1.json");
    assertThat(listing.next().getPath().getName()).isEqualTo("2.json");
    assertThat(listing.hasNext()).isFalse();
  }

  @Test
  void theTailOfALogIsListedByItsNames() throws IOException {
    // Given: what is not listed by its name is a file that only a listing would know of
    makeLog(9, 30);
    Files.writeString(log.resolve("%020d.other".formatted(15)), "");
    makeCheckpoint(20, ".checkpoint.parquet");

    // Then
    assertThat(names(prefix(15))).contains("%020d.other".formatted(15));
    Files.writeString(log.resolve("%020d.other".formatted(25)), "");
    for (long from : new long[] {20, 21, 25, 30}) {
      List<String> tail = names(prefix(from));
      assertThat(tail).doesNotContain("%020d.other".formatted(25)).isNotEmpty();
      try (Stream<java.nio.file.Path> files = Files.list(log)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .filteredOn(name -> name.compareTo(prefix(from)) >= 0 && !name.endsWith(".other"))
            .containsExactlyInAnyOrderElementsOf(tail);
      }
      assertThat(tail).isSorted();
    }
    assertThat(names("%020d.json".formatted(30))).containsExactly("%020d.json".formatted(30), HINT);
    assertThat(names(prefix(31))).containsExactly(HINT);
  }

  /** In several parts, by another name, without the commit it is of, not whole, not there. */
  @Test
  void aLogWhoseLastCheckpointIsNotFoundByItsNameIsListed() throws IOException {
    makeLog(9, 30);
    String other = "%020d.other".formatted(25);
    Files.writeString(log.resolve(other), "");

    assertThat(names(prefix(20))).contains(other);
    makeCheckpoint(20, ".checkpoint.0000000001.0000000002.parquet");
    assertThat(names(prefix(20))).contains(other);
    Files.writeString(log.resolve(HINT), "{\"version\":2");
    assertThat(names(prefix(20))).contains(other);
    Files.writeString(log.resolve(HINT), "");
    assertThat(names(prefix(20))).contains(other);
    makeCheckpoint(20, ".checkpoint.parquet");
    assertThat(names(prefix(20))).doesNotContain(other);
    Files.delete(log.resolve("%020d.json".formatted(20)));
    assertThat(names(prefix(20))).contains(other);
  }

  @Test
  void thereIsNothingToListWhereThereIsNoLog() {
    assertThatThrownBy(() -> store.listFrom(new Path(path("none"), "0"), hadoop))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("none");
  }

  private void makeLog(long first, long last) throws IOException {
    for (long version = first; version <= last; version++) {
      Files.writeString(log.resolve("%020d.json".formatted(version)), "{}");
      Files.writeString(log.resolve("%020d.crc".formatted(version)), "{}");
    }
  }

  private void makeCheckpoint(long version, String kind) throws IOException {
    Files.writeString(log.resolve("%020d%s".formatted(version, kind)), "");
    Files.writeString(log.resolve(HINT), "{\"version\":%d,\"size\":7}".formatted(version));
  }

  private static String prefix(long version) {
    return "%020d.".formatted(version);
  }

  private boolean write(Path file, String line) throws IOException {
    try {
      store.write(file, Collections.nCopies(LINES, line).iterator(), false, hadoop);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private List<String> names(String from) throws IOException {
    List<String> names = new ArrayList<>();
    store
        .listFrom(path(from), hadoop)
        .forEachRemaining(file -> names.add(file.getPath().getName()));
    return names;
  }

  private Path path(String name) {
    return new Path(log.resolve(name).toUri());
  }
}
