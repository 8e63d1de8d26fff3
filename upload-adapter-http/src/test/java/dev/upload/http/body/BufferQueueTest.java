package dev.upload.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BufferQueueTest {

  private final BufferQueue queue = new BufferQueue();

  @AfterEach
  void freesWhatIsLeft() {
    queue.free();
  }

  @Test
  void crumbsKeepNothingBusyThatTheyWereReadInto() {
    ByteBuf few = Unpooled.wrappedBuffer(new byte[16]);
    ByteBuf read = Unpooled.wrappedBuffer(new byte[10_000]);
    for (int i = 0; i < 16; i++) {
      queue.add(few.retainedSlice(i, 1));
    }
    for (int i = 0; i < 10_000; i++) {
      queue.add(read.retainedSlice(i, 1));
    }

    assertThat(read.refCnt()).isOne();
    assertThat(queue.readableBytes()).isEqualTo(10_016);
  }

  @Test
  void largeBuffersAreNotCopied() {
    ByteBuf large = Unpooled.wrappedBuffer(Bytes.random(8 * 1024, 1));
    queue.add(large);

    assertThat(queue.first()).isSameAs(large);
  }

  @Test
  void everythingKeepsItsOrder() throws IOException {
    byte[] content = Bytes.random(1_000_000, 1);
    int[] lengths = {1, 300, 700, 9_000, 5, 8_191, 2, 30};
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    int start = 0;
    for (int i = 0; start < content.length; i++) {
      int length = Math.min(lengths[i % lengths.length], content.length - start);
      queue.add(Unpooled.copiedBuffer(content, start, length));
      start += length;
      if (i % 50 == 49) { // more may come behind what is half taken, or wholly
        queue.writeTo(Channels.newChannel(taken), i % 100 == 99 ? Long.MAX_VALUE : 4_000);
        var _ = queue.first();
      }
    }
    while (queue.first().isReadable()) {
      queue.writeTo(Channels.newChannel(taken), Long.MAX_VALUE);
    }

    assertThat(taken.toByteArray()).isEqualTo(content);
  }
}
