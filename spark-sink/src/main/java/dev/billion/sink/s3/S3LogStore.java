// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.delta.storage.S3SingleDriverLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.hadoop.fs.s3a.S3AFileSystem;

/**
 * The logs of Delta tables on S3, for any number of writers. Delta's own log store for S3 looks
 * whether a version is there and then writes it, under a lock that other processes do not see: the
 * commit of one of two is lost. Here S3 itself decides. And it lists a log from its beginning,
 * whatever is asked for. Safe for use by several threads.
 */
public final class S3LogStore extends S3SingleDriverLogStore {

  public S3LogStore(Configuration hadoop) {
    super(hadoop);
  }

  /**
   * Writes a file of the log.
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
    byte[] content = content(lines);
    FileSystem files = path.getFileSystem(hadoop);
    try {
      put(files, path, content);
    } catch (RemoteFileChangedException e) {
      if (!isOurs(files, path, content)) {
        FileAlreadyExistsException there = new FileAlreadyExistsException(path.toString());
        there.initCause(e);
        throw there;
      }
    }
  }

  /**
   * The files of a log from a name on, in the order of their names.
   *
   * @throws java.io.FileNotFoundException if there is no log
   */
  @Override
  public Iterator<FileStatus> listFrom(Path from, Configuration hadoop) throws IOException {
    return from.getFileSystem(hadoop) instanceof S3AFileSystem s3 && LogListing.isPossible(s3)
        ? LogListing.from(s3, from)
        : super.listFrom(from, hadoop);
  }

  private static void put(FileSystem files, Path path, byte[] content) throws IOException {
    FSDataOutputStream out = PutIfAbsent.create(files, path);
    try {
      out.write(content);
    } catch (IOException | RuntimeException e) {
      out.abort();
      throw e;
    }
    out.close();
  }

  /** A put whose answer got lost is repeated, and meets itself; commits have ids of their own. */
  private static boolean isOurs(FileSystem files, Path path, byte[] content) throws IOException {
    try (InputStream there = files.open(path)) {
      return Arrays.equals(content, there.readAllBytes());
    }
  }

  private static byte[] content(Iterator<String> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    lines.forEachRemaining(line -> bytes.writeBytes((line + "\n").getBytes(UTF_8)));
    return bytes.toByteArray();
  }
}
