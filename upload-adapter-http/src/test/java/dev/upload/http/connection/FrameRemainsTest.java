package dev.upload.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameRemainsTest {

  private static final int READ_BYTES = 64 * 1024;
  private static final int FRAME_BYTES = 16_393;

  private final ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
  private final FrameRemains remains = new FrameRemains();

  @Test
  void theBufferDoesNotGrowWithWhatWentThroughIt() {
    ByteBuf buffer = allocator.buffer(READ_BYTES);
    ByteBuf used = Unpooled.EMPTY_BUFFER;
    for (int i = 0; i < 1_000; i++) {
      used.release();
      buffer = remains.cumulate(allocator, buffer, read());
      int frames = buffer.readableBytes() / FRAME_BYTES;
      used = buffer.readRetainedSlice(frames * FRAME_BYTES); // until after the next reading
    }

    assertThat(buffer.capacity()).isLessThan(8 * READ_BYTES);
    used.release();
    buffer.release();
  }

  @Test
  void whatIsInUseStaysAsItIs() {
    ByteBuf buffer = remains.cumulate(allocator, allocator.buffer(READ_BYTES), read());
    ByteBuf used = buffer.readRetainedSlice(FRAME_BYTES);

    buffer = remains.cumulate(allocator, buffer, read((byte) 2));

    assertThat(used.getByte(FRAME_BYTES - 1)).isEqualTo((byte) 1);
    assertThat(buffer.readableBytes()).isEqualTo(2 * READ_BYTES - FRAME_BYTES);
    assertThat(buffer.getByte(buffer.writerIndex() - 1)).isEqualTo((byte) 2);
    used.release();
    buffer.release();
  }

  private static ByteBuf read() {
    return read((byte) 1);
  }

  private static ByteBuf read(byte content) {
    byte[] bytes = new byte[READ_BYTES];
    Arrays.fill(bytes, content);
    return Unpooled.wrappedBuffer(bytes);
  }
}
