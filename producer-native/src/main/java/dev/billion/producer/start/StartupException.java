// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer.start;

/** Why the emitter does not start, in one line for the operator. */
public final class StartupException extends Exception {
  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
