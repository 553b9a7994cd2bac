// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.s3;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Objects that are written only where none is: S3's conditional put (If-None-Match), which of
 * several writers lets one win.
 */
final class PutIfAbsent {

  private PutIfAbsent() {}

  /**
   * An object that is there when its stream is closed.
   *
   * @throws IOException if the object is there already, at the latest from closing: {@link
   *     org.apache.hadoop.fs.s3a.RemoteFileChangedException}
   */
  static FSDataOutputStream create(FileSystem files, Path path) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path).overwrite(false).recursive();
    builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    return builder.build();
  }
}
