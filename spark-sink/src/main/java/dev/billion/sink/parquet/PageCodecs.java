// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.parquet;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Decompresses the pages of a file: those of zstd with one state of the decompressor for all, where
 * parquet-java makes a stream for each, which takes about as long as it reads from it. For one
 * thread.
 */
final class PageCodecs extends CodecFactory {

  PageCodecs(Configuration hadoop) {
    super(hadoop, 0); // no buffer, as nothing is compressed
  }

  @Override
  protected BytesDecompressor createDecompressor(CompressionCodecName codec) {
    return codec == CompressionCodecName.ZSTD ? new ZstdPages() : super.createDecompressor(codec);
  }

  private static final class ZstdPages extends BytesDecompressor {

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();

    @Override
    public BytesInput decompress(BytesInput page, int plainSize) throws IOException {
      return BytesInput.from(decompress(page.toByteBuffer(), plainSize));
    }

    @Override
    public void decompress(ByteBuffer page, int size, ByteBuffer plain, int plainSize) {
      ByteBuffer compressed = page.slice(page.position(), size);
      plain.put(decompress(compressed, plainSize));
      page.position(page.position() + size);
    }

    private byte[] decompress(ByteBuffer page, int plainSize) {
      int size = page.remaining();
      if (page.hasArray()) {
        int from = page.arrayOffset() + page.position();
        return context.decompress(page.array(), from, size, plainSize);
      }
      byte[] copy = new byte[size];
      page.get(copy);
      return context.decompress(copy, plainSize);
    }

    @Override
    public void release() {
      context.close();
    }
  }
}
