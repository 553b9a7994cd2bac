// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.Constants;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3AUtils;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The newest files of a log: S3 lists in the order of names, and can begin at one of them. Hadoop's
 * file system does not ask it to, so that with a commit every two seconds a day's log takes more
 * than fifty requests, for the few files that are wanted.
 */
final class LogListing {

  private static final String EXPRESS = "--x-s3"; // how names of directory buckets end

  private LogListing() {}

  /** Whether the bucket can begin at a name: it has an order, and the newer kind of request. */
  static boolean isPossible(S3AFileSystem files) {
    return !files.getBucket().endsWith(EXPRESS)
        && files.getConf().getInt(Constants.LIST_VERSION, Constants.DEFAULT_LIST_VERSION) != 1;
  }

  /**
   * The files from a name on, in the order of their names. A thousand are asked for at a time, and
   * more when these are used up: who cleans a log up reads from its beginning, and not far.
   *
   * @throws FileNotFoundException if there is no log
   */
  static Iterator<FileStatus> from(S3AFileSystem files, Path from) throws IOException {
    Path log = files.makeQualified(from.getParent());
    String directory = files.pathToKey(log) + "/";
    String name = from.getName();
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(files.getBucket())
            .prefix(directory)
            .delimiter("/")
            .startAfter(directory + name.substring(0, name.length() - 1)) // comes before the name
            .build();
    S3Client s3 = files.getS3AInternals().getAmazonS3Client("the newest files of a log");
    Iterator<FileStatus> found =
        new Translated(
            log,
            s3.listObjectsV2Paginator(request).contents().stream()
                .map(object -> status(files, log, object))
                .filter(file -> file.getPath().getName().compareTo(name) >= 0)
                .iterator());
    try {
      if (!found.hasNext()) {
        files.getFileStatus(log); // which fails if there is none
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return found;
  }

  /** Tells of S3's failures as Hadoop's file system does. */
  private record Translated(Path log, Iterator<FileStatus> files) implements Iterator<FileStatus> {

    @Override
    public boolean hasNext() {
      try {
        return files.hasNext();
      } catch (SdkException e) {
        throw new UncheckedIOException(S3AUtils.translateException("list", log, e));
      }
    }

    @Override
    public FileStatus next() {
      if (!hasNext()) { // where the next ones are asked for
        throw new NoSuchElementException();
      }
      return files.next();
    }
  }

  private static FileStatus status(S3AFileSystem files, Path log, S3Object object) {
    String key = object.key();
    return new FileStatus(
        object.size(),
        false,
        1,
        files.getDefaultBlockSize(log),
        object.lastModified().toEpochMilli(),
        new Path(log, key.substring(key.lastIndexOf('/') + 1)));
  }
}
