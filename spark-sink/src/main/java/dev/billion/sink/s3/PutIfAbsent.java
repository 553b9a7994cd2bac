// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.AWSServiceIOException;
import org.apache.hadoop.fs.s3a.Constants;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;

/**
 * Objects that are written only where none is: S3's conditional put (If-None-Match), which of
 * several writers lets one win.
 *
 * <p>A put whose answer got lost is repeated by the client, and then finds an object there. Whether
 * that is its own is told by an id that each put leaves with its object: two writers may well write
 * the same bytes.
 */
final class PutIfAbsent {

  private static final String ID = "put-id";
  private static final int CONFLICT = 409;
  private static final int ATTEMPTS = 8;
  private static final long PAUSE_MILLIS = 50; // doubled with each attempt: 6 s in all

  private PutIfAbsent() {}

  /**
   * Writes an object, all of it or nothing. Where S3 is asked for the same object at the same time
   * it may decide nothing (409, ConditionalRequestConflict); then it is asked again, for 6 s.
   *
   * @return false if another writer's object is there
   * @throws IOException if S3 does not take it for another reason
   */
  static boolean put(FileSystem files, Path path, byte[] content) throws IOException {
    String id = UUID.randomUUID().toString();
    for (int attempt = 1; ; attempt++) {
      try {
        put(files, path, content, id);
        return true;
      } catch (RemoteFileChangedException e) {
        return isOf(id, files, path);
      } catch (AWSServiceIOException e) {
        if (e.statusCode() != CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
        pause(PAUSE_MILLIS << (attempt - 1));
      }
    }
  }

  private static void put(FileSystem files, Path path, byte[] content, String id)
      throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path).overwrite(false).recursive();
    builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    builder.must(Constants.FS_S3A_CREATE_HEADER + "." + ID, id);
    write(builder.build(), content);
  }

  /** All of an object, or nothing. */
  static void write(FSDataOutputStream out, byte[] content) throws IOException {
    try {
      out.write(content);
    } catch (IOException | RuntimeException e) {
      out.abort();
      throw e;
    }
    out.close();
  }

  private static boolean isOf(String id, FileSystem files, Path path) throws IOException {
    byte[] there = files.getXAttrs(path).get(Constants.XA_HEADER_PREFIX + ID);
    return Arrays.equals(there, id.getBytes(UTF_8));
  }

  private static void pause(long millis) throws InterruptedIOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while S3 decides on another put");
    }
  }
}
