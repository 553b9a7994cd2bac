// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.io.IOException;
import java.io.Serial;

/** Bytes that are not what their schema says. Thrown once per poison record: no stack trace. */
final class NotDecodableException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  NotDecodableException(String message) {
    super(message);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
