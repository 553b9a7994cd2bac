// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import com.github.luben.zstd.ZstdCompressCtx;

/** Compresses whole pages, with one state of the compressor for all. For one thread. */
final class Zstd implements AutoCloseable {

  private static final int LEVEL = 1;

  private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

  /** Appends what {@code plain} is when compressed. */
  void compress(Bytes plain, Bytes target) {
    int most = Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(plain.length()));
    int from = target.take(most);
    int length =
        context.compressByteArray(target.array(), from, most, plain.array(), 0, plain.length());
    target.cut(from + length);
  }

  @Override
  public void close() {
    context.close();
  }
}
