package dev.upload.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Puts what was read behind what is left of a frame. Netty's own way would let the buffer grow with
 * all that ever went through it, where a slice of it is still in use after every reading.
 */
final class FrameRemains implements ByteToMessageDecoder.Cumulator {

  @Override
  public ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf remains, ByteBuf read) {
    if (remains.refCnt() == 1 && read.readableBytes() > remains.maxFastWritableBytes()) {
      remains.discardReadBytes();
    }
    return ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, remains, read);
  }
}
