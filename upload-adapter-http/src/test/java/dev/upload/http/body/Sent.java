package dev.upload.http.body;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A sender that has sent everything, or remembers what it was asked. */
final class Sent implements RequestBytes.Sender {

  final AtomicLong allowed = new AtomicLong();
  volatile boolean started;
  volatile boolean discarded;

  /** Returns {@code bytes} as they arrive in buffers that end at {@code cuts}. */
  static RequestBytes whole(byte[] bytes, List<Integer> cuts) {
    RequestBytes sent = new RequestBytes(new Sent());
    int from = 0;
    for (int cut : cuts.stream().sorted().toList()) {
      if (cut > from && cut < bytes.length) {
        sent.arrived(Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, from, cut)));
        from = cut;
      }
    }
    sent.arrived(Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, from, bytes.length)));
    sent.ended();
    return sent;
  }

  @Override
  public void start() {
    started = true;
  }

  @Override
  public void allow(long bytes) {
    allowed.addAndGet(bytes);
  }

  @Override
  public void discard() {
    discarded = true;
  }
}
