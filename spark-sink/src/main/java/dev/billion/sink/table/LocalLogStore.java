// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import static java.nio.file.StandardOpenOption.CREATE_NEW;

import io.delta.storage.HDFSLogStore;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The logs of Delta tables on a local disk. Delta's own log store goes through Hadoop's local file
 * system, which looks at every file of the log when the newest are asked for, and starts a program
 * ({@code chmod}, {@code readlink}) for some of what it does: both together were most of what a
 * commit cost, and the former more with each commit. Safe for use by several threads and processes.
 */
public class LocalLogStore extends HDFSLogStore {

  public LocalLogStore(Configuration hadoop) {
    super(hadoop);
  }

  /**
   * Writes a file of the log: all of it is there, after a power failure too, or nothing.
   *
   * @throws FileAlreadyExistsException if it is there and may not be overwritten
   */
  @Override
  public void write(Path path, Iterator<String> lines, Boolean overwrite, Configuration hadoop)
      throws IOException {
    if (overwrite) {
      super.write(path, lines, true, hadoop);
      return;
    }
    File file = new File(path.toUri().getPath());
    File draft =
        new File(file.getParent(), ".%s.%s.tmp".formatted(file.getName(), UUID.randomUUID()));
    try {
      Files.write(draft.toPath(), (Iterable<String>) () -> lines, CREATE_NEW);
      LocalDisk.syncContent(draft.toPath());
      publish(draft, path, hadoop);
      LocalDisk.sync(path.getFileSystem(hadoop).makeQualified(path));
    } finally {
      Files.deleteIfExists(draft.toPath());
    }
  }

  /** Puts a file in its place. Of two who do so with the same one fails. */
  protected void publish(File draft, Path path, Configuration hadoop) throws IOException {
    try {
      Files.createLink(new File(path.toUri().getPath()).toPath(), draft.toPath());
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) { // no links on this disk
      super.write(path, Files.readAllLines(draft.toPath()).iterator(), false, hadoop);
    }
  }

  /**
   * The files of a log from a name on, in the order of their names. Each is looked at when it is
   * asked for: who cleans a log up reads from its beginning, and not far.
   *
   * @throws FileNotFoundException if there is no log
   */
  @Override
  public Iterator<FileStatus> listFrom(Path from, Configuration hadoop) throws IOException {
    FileSystem files = from.getFileSystem(hadoop);
    Path log = from.getParent();
    File directory = new File(log.toUri().getPath());
    Optional<List<String>> tail = LogTail.names(directory, from.getName());
    Stream<String> names =
        tail.isPresent() ? tail.get().stream() : names(directory, from.getName());
    return names
        .map(name -> status(files, new Path(log, name)))
        .filter(Objects::nonNull)
        .iterator();
  }

  /** In their order, by a heap and not sorted, since few of them are asked for. */
  private static Stream<String> names(File directory, String from) throws FileNotFoundException {
    String[] names = directory.list();
    if (names == null) {
      throw new FileNotFoundException("no such directory: " + directory);
    }
    List<String> wanted = Arrays.stream(names).filter(name -> name.compareTo(from) >= 0).toList();
    Queue<String> next = new PriorityQueue<>(wanted);
    return Stream.generate(next::poll).takeWhile(Objects::nonNull);
  }

  /** Null if the file is gone by now. */
  private static FileStatus status(FileSystem files, Path file) {
    try {
      return files.getFileStatus(file);
    } catch (FileNotFoundException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
