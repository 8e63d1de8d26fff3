package dev.upload.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.port.PiecewiseBody.Bounds;
import dev.upload.core.port.PiecewiseBody.Piece;
import dev.upload.core.testing.Bytes;
import dev.upload.http.Eventually;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.GatheringByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RequestBytesTest {

  private final Sent sender = new Sent();
  private final RequestBytes bytes = new RequestBytes(sender);

  @Test
  void severalBuffersAreWrittenWithOneCall() throws IOException {
    byte[] content = Bytes.random(3_000, 1);
    for (int i = 0; i < 3; i++) {
      bytes.arrived(Unpooled.copiedBuffer(content, i * 1_000, 1_000));
    }
    bytes.ended();
    Gathering sink = new Gathering();

    long written = bytes.transferTo(sink, 2_500);
    long rest = bytes.transferTo(sink, Long.MAX_VALUE);

    assertThat(written).isEqualTo(2_500);
    assertThat(rest).isEqualTo(500);
    assertThat(sink.buffersPerCall).containsExactly(3, 1);
    assertThat(sink.written.toByteArray()).isEqualTo(content);
    assertThat(bytes.transferTo(sink, 1)).isZero();
  }

  @Test
  void aPieceEndsWithItsTimeAndTheNextGoesOnThere() throws IOException {
    byte[] content = Bytes.random(3_000, 1);
    Gathering sink = new Gathering();
    bytes.arrived(Unpooled.copiedBuffer(content, 0, 1_000));
    Piece first = bytes.transferTo(sink, new Bounds(Long.MAX_VALUE, 1, Duration.ofMillis(20)));
    bytes.arrived(Unpooled.copiedBuffer(content, 1_000, 2_000));
    bytes.ended();

    Piece second = bytes.transferTo(sink, new Bounds(Long.MAX_VALUE, 1, Duration.ofDays(1)));

    assertThat(first).isEqualTo(new Piece(1_000, false));
    assertThat(second).isEqualTo(new Piece(2_000, true));
    assertThat(sink.written.toByteArray()).isEqualTo(content);
  }

  @Test
  void theSenderIsAskedForAsMuchAsWasTaken() {
    bytes.arrived(Unpooled.wrappedBuffer(new byte[700]));
    bytes.arrived(Unpooled.wrappedBuffer(new byte[300]));

    assertThat(sender.started).isFalse();
    bytes.next();

    assertThat(sender.started).isTrue();
    assertThat(sender.allowed.get()).isEqualTo(1_000);
    bytes.close();
  }

  @Test
  void whatIsLeftOfABufferComesAgain() {
    bytes.arrived(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
    bytes.ended();

    bytes.next().readByte();

    assertThat(bytes.next().readByte()).isEqualTo((byte) 2);
    assertThat(bytes.consumed()).isEqualTo(2);
    assertThat(bytes.next().readByte()).isEqualTo((byte) 3);
    assertThat(bytes.next().isReadable()).isFalse();
    assertThat(bytes.truncated()).isFalse();
  }

  @Test
  void aCutWakesTheReader() throws Exception {
    CompletableFuture<Long> reader = new CompletableFuture<>();
    Thread thread =
        Thread.startVirtualThread(
            () -> {
              try {
                reader.complete(
                    new RawBody(bytes)
                        .transferTo(Channels.newChannel(new ByteArrayOutputStream())));
              } catch (IOException e) {
                reader.completeExceptionally(e);
              }
            });
    bytes.arrived(Unpooled.wrappedBuffer(new byte[10]));
    assertThat(Eventually.holds(() -> thread.getState() == Thread.State.WAITING)).isTrue();

    bytes.cut();

    assertThat(reader.get()).isEqualTo(10);
    assertThat(bytes.truncated()).isTrue();
  }

  @Test
  void closingFreesWhatIsHeldAndWhatStillComes() {
    ByteBuf held = Unpooled.buffer().writeZero(10);
    ByteBuf waiting = Unpooled.buffer().writeZero(10);
    ByteBuf late = Unpooled.buffer().writeZero(10);
    bytes.arrived(held);
    bytes.next();
    bytes.arrived(waiting);

    bytes.close();
    bytes.arrived(late);

    assertThat(List.of(held.refCnt(), waiting.refCnt(), late.refCnt())).containsOnly(0);
    assertThat(sender.discarded).isTrue();
  }

  @Test
  void drainingStopsAtItsBound() {
    bytes.arrived(Unpooled.wrappedBuffer(new byte[1_000]));
    bytes.arrived(Unpooled.wrappedBuffer(new byte[1_000]));
    bytes.ended();

    assertThat(bytes.drain(1_500)).isFalse();
    assertThat(bytes.drain(1_500)).isTrue();
    bytes.close();
  }

  /** Remembers how it was called. */
  private static final class Gathering implements GatheringByteChannel {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<Integer> buffersPerCall = new ArrayList<>();

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
      buffersPerCall.add(length);
      long count = 0;
      for (int i = offset; i < offset + length; i++) {
        count += write(sources[i]);
      }
      return count;
    }

    @Override
    public long write(ByteBuffer[] sources) {
      return write(sources, 0, sources.length);
    }

    @Override
    public int write(ByteBuffer source) {
      byte[] bytes = new byte[source.remaining()];
      source.get(bytes);
      written.writeBytes(bytes);
      return bytes.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
