// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.delta.storage.S3SingleDriverLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
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
    if (!PutIfAbsent.put(path.getFileSystem(hadoop), path, content(lines))) {
      throw new FileAlreadyExistsException(path.toString());
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

  private static byte[] content(Iterator<String> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    lines.forEachRemaining(line -> bytes.writeBytes((line + "\n").getBytes(UTF_8)));
    return bytes.toByteArray();
  }
}
