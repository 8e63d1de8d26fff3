package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeasedBodyTest {

  private static final long STALL_NANOS = LeasedBody.STALLED_AFTER.toNanos() + 1;

  private long now = -5;
  private final LeasedBody body = new LeasedBody(Bytes.body(new byte[10]), 10, () -> now);

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
