package dev.upload.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.buffer.netty.NettyReadBufferFactory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheredFramesTest {

  private static final int FRAME_BYTES = 16 * 1024;

  private final RequestBytes bytes = new RequestBytes(new Sent());
  private final EmbeddedChannel connection = new EmbeddedChannel();
  private final GatheredFrames frames =
      new GatheredFrames(new MicronautBody.Consumer(bytes), connection.eventLoop());
  private final List<ByteBuf> sent = new ArrayList<>();

  @AfterEach
  void freesWhatIsLeft() {
    connection.runPendingTasks();
    bytes.close();
  }

  @Test
  void whatOneReadingBringsIsPassedOnAtOnce() {
    send(3);
    connection.runPendingTasks();

    assertThat(bytes.next().readableBytes()).isEqualTo(3 * FRAME_BYTES);
  }

  @Test
  void muchIsPassedOnAtOnceThoughMoreIsToBeRead() {
    send(GatheredFrames.ENOUGH_BYTES / FRAME_BYTES + 1);

    assertThat(bytes.next().readableBytes()).isEqualTo(GatheredFrames.ENOUGH_BYTES);
  }

  @Test
  void theEndIsBehindWhatWasGathered() {
    send(2);
    frames.complete();

    assertThat(bytes.drain(2L * FRAME_BYTES)).isTrue();
    assertThat(bytes.consumed()).isEqualTo(2 * FRAME_BYTES);
  }

  @Test
  void whatCameBeforeAFailureCounts() {
    send(2);
    frames.error(new IOException("reset"));

    assertThat(bytes.drain(2L * FRAME_BYTES)).isFalse();
    assertThat(bytes.consumed()).isEqualTo(2 * FRAME_BYTES);
    assertThat(bytes.truncated()).isTrue();
  }

  @Test
  void whatNobodyWantsIsFreed() {
    bytes.close();
    send(2);
    frames.discard();
    connection.runPendingTasks();

    assertThat(sent).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      ByteBuf frame = Unpooled.wrappedBuffer(new byte[FRAME_BYTES]);
      sent.add(frame);
      frames.add(NettyReadBufferFactory.of(frame.alloc()).adapt(frame));
    }
  }
}
