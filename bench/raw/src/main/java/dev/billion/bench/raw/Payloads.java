// SPDX-License-Identifier: Apache-2.0
package dev.billion.bench.raw;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Record values made beforehand, in a file: their count, then each behind its length. */
public final class Payloads {

  private Payloads() {}

  public static void write(Path file, List<byte[]> payloads) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(payloads.size());
      for (byte[] payload : payloads) {
        out.writeInt(payload.length);
        out.write(payload);
      }
    }
  }

  public static byte[][] read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      byte[][] payloads = new byte[in.readInt()][];
      for (int i = 0; i < payloads.length; i++) {
        payloads[i] = in.readNBytes(in.readInt());
      }
      return payloads;
    }
  }
}
