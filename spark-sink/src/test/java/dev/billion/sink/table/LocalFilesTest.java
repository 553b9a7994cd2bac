// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

  @TempDir private java.nio.file.Path directory;

  @Test
  void permissionsAreThoseThatAreAskedFor() throws IOException {
    try (FileSystem files = files()) {
      java.nio.file.Path file = directory.resolve("file");
      files.create(path(file)).close();
      assertThat(permissions(file)).isEqualTo("rw-r--r--");
      assertThat(permissions(directory.resolve(".file.crc"))).isEqualTo("rw-r--r--");

      files.setPermission(path(file), new FsPermission("640"));
      assertThat(permissions(file)).isEqualTo("rw-r-----");

      java.nio.file.Path made = directory.resolve("made");
      files.mkdirs(path(made));
      files.setPermission(path(made), new FsPermission((short) 01750));
      assertThat(permissions(made)).isEqualTo("rwxr-x---");
      assertThat((int) Files.getAttribute(made, "unix:mode") & 01000).as("sticky").isNotZero();
    }
  }

  private static FileSystem files() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.file.impl", LocalFiles.class.getName());
    return FileSystem.newInstance(URI.create("file:///"), hadoop);
  }

  private static Path path(java.nio.file.Path local) {
    return new Path(local.toUri());
  }

  private static String permissions(java.nio.file.Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
