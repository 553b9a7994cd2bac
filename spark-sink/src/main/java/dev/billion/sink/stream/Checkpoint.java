// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.billion.sink.SinkException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What Spark's checkpoint directory says: a file per batch in {@code offsets}, written before the
 * batch runs, and one in {@code commits}, written after it. The sink adds one file of its own,
 * where the checkpoint goes on from a table.
 */
final class Checkpoint {

  private static final String PLANS = "offsets";
  private static final String ENDS = "commits";
  private static final String ORIGIN = "origin";

  private final Path root;
  private final FileSystem files;

  /**
   * @throws SinkException if the directory cannot be written
   */
  Checkpoint(String uri, Configuration hadoop) {
    root = new Path(uri);
    try {
      files = root.getFileSystem(hadoop);
      files.mkdirs(root);
    } catch (IOException | UnsupportedOperationException e) {
      throw new SinkException(
          "cannot write to checkpoint %s: %s (valid: a directory this process may write)"
              .formatted(uri, e.getMessage()),
          e);
    }
  }

  /** The directory if it is on a local disk. */
  Optional<java.nio.file.Path> localPath() {
    URI uri = files.makeQualified(root).toUri();
    return "file".equals(uri.getScheme())
        ? Optional.of(java.nio.file.Path.of(uri.getPath()))
        : Optional.empty();
  }

  /** The newest batch whose offsets are decided, whether or not it ran. */
  OptionalLong lastPlanned() {
    return newest(PLANS);
  }

  /** The newest batch that is done. */
  OptionalLong lastFinished() {
    return newest(ENDS);
  }

  /**
   * Looks at the newest files, which end with a JSON object if all of them is there. Spark leaves
   * it to the system when they reach the disk, and a power failure may come first.
   *
   * @throws SinkException if one is empty or cut off
   */
  void requireWhole() {
    requireWhole(PLANS, lastPlanned());
    requireWhole(ENDS, lastFinished());
  }

  private void requireWhole(String directory, OptionalLong batch) {
    if (batch.isPresent() && !read(directory, batch.getAsLong()).endsWith("}")) {
      throw new SinkException(
          "checkpoint %s is damaged: %s/%d is incomplete (valid: a new checkpoint and --from-table, which goes on from the offsets in the table)"
              .formatted(root, directory, batch.getAsLong()));
    }
  }

  /** Where a planned batch ends, in the words of Spark's Kafka source. */
  String endOffsets(long batch) {
    String[] lines = read(PLANS, batch).split("\n", -1);
    return lines[lines.length - 1];
  }

  private String read(String directory, long batch) {
    try (InputStream file = files.open(new Path(root, directory + "/" + batch))) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Where it began, if that is not where its table did. */
  Optional<Origin> origin() {
    try (InputStream file = files.open(new Path(root, ORIGIN))) {
      return Optional.of(Origin.parse(new String(file.readAllBytes(), UTF_8)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  /** Keeps where it begins, to be there whole or not at all. */
  void begin(Origin origin) {
    Path temporary = new Path(root, "." + ORIGIN + ".tmp");
    Path file = new Path(root, ORIGIN);
    try {
      try (OutputStream out = files.create(temporary, true)) {
        out.write(origin.json().getBytes(UTF_8));
      }
      files.delete(file, false);
      if (!files.rename(temporary, file)) {
        throw new IOException("cannot rename " + temporary + " to " + file);
      }
    } catch (IOException e) {
      throw new SinkException(
          "cannot write to checkpoint %s: %s (valid: a directory this process may write)"
              .formatted(root, e.getMessage()),
          e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }

  private OptionalLong newest(String directory) {
    try {
      return Arrays.stream(files.listStatus(new Path(root, directory)))
          .map(FileStatus::getPath)
          .map(Path::getName)
          .filter(name -> name.matches("\\d+"))
          .mapToLong(Long::parseLong)
          .max();
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private SinkException unreadable(Exception e) {
    return new SinkException("cannot read checkpoint %s: %s".formatted(root, e.getMessage()), e);
  }
}
