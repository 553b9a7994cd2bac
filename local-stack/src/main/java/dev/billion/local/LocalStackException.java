// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

/** Why the local stack, or what runs on it, could not start or go on. The message is one line. */
public final class LocalStackException extends RuntimeException {

  public LocalStackException(String message) {
    super(message);
  }

  public LocalStackException(String message, Throwable cause) {
    super(message, cause);
  }
}
