package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.Rejection;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.PromptChannel;
import dev.upload.core.testing.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LeasedBodyTest {

  private static final long STALL_NANOS = LeasedBody.STALLED_AFTER.toNanos() + 1;

  private long now = -5;
  private final LeasedBody body =
      new LeasedBody(Bytes.body(new byte[10]), 10, new Rejection.Busy(), () -> now);

  @Test
  void aSenderThatHadToWaitForItsTurnHasNotStalled() {
    now += STALL_NANOS;

    assertThat(body.stalled()).isFalse();
  }

  @Test
  void aSenderStallsWhenNoByteHasComeForLong() throws IOException {
    now += STALL_NANOS;
    List<Boolean> seen = new ArrayList<>();
    WritableByteChannel sink = Channels.newChannel(new ByteArrayOutputStream());

    body.transferTo(
        new LookingChannel(
            sink,
            () -> {
              seen.add(body.stalled());
              now += STALL_NANOS;
              seen.add(body.stalled());
            }));

    assertThat(seen).containsExactly(false, true);
    assertThat(body.stalled()).isFalse(); // the bytes have passed
  }

  @Test
  void aSinkIsAsPromptUnderALeaseAsItWas() throws IOException {
    List<Boolean> prompt = new ArrayList<>();
    ChunkBody looking = new SinkLooker(sink -> prompt.add(sink instanceof PromptChannel));

    new LeasedBody(looking, 10, new Rejection.Busy()).transferTo(new PromptSink());
    new LeasedBody(looking, 10, new Rejection.Busy())
        .transferTo(Channels.newChannel(new ByteArrayOutputStream()));

    assertThat(prompt).containsExactly(true, false);
  }

  /** A body without bytes that looks at where they would go. */
  private record SinkLooker(Consumer<WritableByteChannel> look) implements ChunkBody {
    @Override
    public long transferTo(WritableByteChannel sink) {
      look.accept(sink);
      return 0;
    }

    @Override
    public boolean truncated() {
      return false;
    }

    @Override
    public void cut() {}
  }

  private static final class PromptSink implements PromptChannel {
    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
      return 0;
    }

    @Override
    public long write(ByteBuffer[] sources) {
      return 0;
    }

    @Override
    public int write(ByteBuffer source) {
      return 0;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** Looks around whenever bytes come. */
  private record LookingChannel(WritableByteChannel sink, Runnable look)
      implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) throws IOException {
      look.run();
      return sink.write(source);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
