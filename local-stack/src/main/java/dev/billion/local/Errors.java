// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Failures of the file system in words. */
public final class Errors {

  private Errors() {}

  /** What failed and why, in one line. */
  public static String describe(IOException e) {
    if (e instanceof FileSystemException failure) {
      return failure.getFile() + ": " + reason(failure);
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : firstLine(e.getMessage());
  }

  private static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return "not a directory";
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : firstLine(e.getReason());
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
