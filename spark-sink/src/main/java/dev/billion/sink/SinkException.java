// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink;

import java.io.Serial;

/** What stops the program, in one line for the operator: what, where, and what would be valid. */
public final class SinkException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public SinkException(String message) {
    super(message);
  }

  public SinkException(String message, Throwable cause) {
    super(message, cause);
  }
}
