// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.decode;

import java.io.IOException;

/** Reads a value that may be nested; null for no value. */
@FunctionalInterface
interface ValueReader {

  Object read(BoundedDecoder in) throws IOException;
}
