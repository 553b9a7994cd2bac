// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory of one stack: data, logs, and a lock that keeps a second stack out. Closing it
 * gives up the lock, and removes the directory where it is a temporary one.
 */
final class Home implements AutoCloseable {

  static final String LOCK = ".lock";

  private final Path directory;
  private final boolean temporary;
  private final FileChannel lock;

  private Home(Path directory, boolean temporary) throws IOException {
    this.directory = directory;
    this.temporary = temporary;
    Files.createDirectories(directory);
    this.lock =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /**
   * Opens a directory, which is created where needed.
   *
   * @param directory null for a temporary one
   * @throws LocalStackException if it cannot be written, or another stack uses it
   */
  static Home open(Path directory) {
    try {
      boolean temporary = directory == null;
      Home home =
          new Home((temporary ? temporary() : directory).toAbsolutePath().normalize(), temporary);
      home.acquire();
      return home;
    } catch (IOException e) {
      throw new LocalStackException("cannot use " + Errors.describe(e), e);
    }
  }

  private static Path temporary() throws IOException {
    TemporaryHomes homes = TemporaryHomes.ofSystem();
    homes.removeLeftovers();
    return homes.create();
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new LocalStackException("cannot unlock " + Errors.describe(e), e);
    }
    if (temporary) {
      Directories.remove(directory);
    }
  }

  private void acquire() throws IOException {
    try {
      if (lock.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // taken within this JVM: the same to the caller
    }
    lock.close();
    throw new LocalStackException(
        "%s is in use by another stack: stop it, or choose another directory".formatted(directory));
  }
}
