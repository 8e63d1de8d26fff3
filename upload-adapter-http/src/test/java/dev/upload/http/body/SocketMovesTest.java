package dev.upload.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.port.PiecewiseBody.Bounds;
import dev.upload.core.port.PiecewiseBody.Piece;
import dev.upload.core.port.SocketSink;
import dev.upload.core.testing.Bytes;
import dev.upload.http.Eventually;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that go past the request into a sink, and what stands for them. */
class SocketMovesTest {

  private static final int SOCKET = 77;
  private static final Set<Thread.State> SLEEPING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

  private final Sent sender = new Sent();
  private final RequestBytes bytes = new RequestBytes(sender);
  private final byte[] content = Bytes.random(2_000, 1);
  private final Sink sink = new Sink(content);

  @AfterEach
  void free() {
    bytes.close();
  }

  @Test
  void whatStandsForMovedBytesIsNotWritten() throws Exception {
    arrive(0, 300);
    FutureTask<Long> reader = reading(Long.MAX_VALUE);

    assertThat(bytes.moved(SOCKET, 1_500, 300)).isEqualTo(1_500);
    bytes.arrived(Unpooled.wrappedBuffer(new byte[1_000]));
    bytes.arrived(Unpooled.wrappedBuffer(new byte[500], Arrays.copyOfRange(content, 1_800, 2_000)));
    bytes.ended();

    assertThat(reader.get()).isEqualTo(2_000);
    assertThat(sink.written.toByteArray()).isEqualTo(content);
    assertThat(bytes.consumed()).isEqualTo(2_000);
    assertThat(sender.allowed.get()).isEqualTo(2_000);
  }

  @Test
  void nothingIsMovedWhileNobodyReads() throws Exception {
    assertThat(bytes.moved(SOCKET, 100, 0)).isZero();
    arrive(0, 10);
    assertThat(bytes.moved(SOCKET, 100, 10)).isZero();
    assertThat(sink.written.size()).isZero();
  }

  @Test
  void nothingOvertakesBytesThatAreStillOnTheirWayFromTheEventLoop() throws Exception {
    FutureTask<Long> reader = reading(Long.MAX_VALUE);

    assertThat(bytes.moved(SOCKET, 1_700, 300)).as("300 were read, none has arrived").isZero();
    arrive(0, 300);
    assertThat(bytes.moved(SOCKET, 1_700, 300)).isEqualTo(1_700);
    bytes.arrived(Unpooled.wrappedBuffer(new byte[1_700]));
    bytes.ended();

    assertThat(reader.get()).isEqualTo(2_000);
    assertThat(sink.written.toByteArray()).isEqualTo(content);
  }

  @Test
  void noMoreIsMovedThanIsWanted() throws Exception {
    FutureTask<Long> reader = reading(700);

    assertThat(bytes.moved(SOCKET, 2_000, 0)).isEqualTo(700);

    assertThat(reader.get()).isEqualTo(700);
    bytes.arrived(Unpooled.wrappedBuffer(new byte[700], Arrays.copyOfRange(content, 700, 710)));
    assertThat(bytes.next().readByte()).isEqualTo(content[700]);
  }

  @Test
  void theNextPieceGoesOnWhereTheOneBeforeItEnded() throws Exception {
    FutureTask<Long> first = reading(700);
    assertThat(bytes.moved(SOCKET, 2_000, 0)).isEqualTo(700);
    assertThat(first.get()).isEqualTo(700);
    assertThat(bytes.moved(SOCKET, 1_300, 0)).as("nobody reads").isZero();

    FutureTask<Long> second = reading(900);
    bytes.arrived(Unpooled.wrappedBuffer(new byte[700])); // stands for the first
    assertThat(bytes.moved(SOCKET, 1_300, 700)).isEqualTo(900);
    assertThat(second.get()).isEqualTo(900);
    bytes.arrived(Unpooled.wrappedBuffer(new byte[900], Arrays.copyOfRange(content, 1_600, 2_000)));
    bytes.ended();

    assertThat(bytes.transferTo(sink, 900)).as("fewer, for there are no more").isEqualTo(400);
    assertThat(sink.written.toByteArray()).isEqualTo(content);
    assertThat(bytes.consumed()).isEqualTo(2_000);
    assertThat(bytes.truncated()).isFalse();
  }

  @Test
  void nothingIsMovedBehindAPieceWhoseTimeIsOver() throws Exception {
    FutureTask<Piece> first = reading(new Bounds(Long.MAX_VALUE, 1, Duration.ZERO));
    assertThat(bytes.moved(SOCKET, 600, 0)).isEqualTo(600);
    assertThat(bytes.moved(SOCKET, 1_400, 0)).isZero();
    assertThat(first.get()).isEqualTo(new Piece(600, false));

    FutureTask<Piece> second = reading(new Bounds(Long.MAX_VALUE, 1, Duration.ofDays(1)));
    assertThat(bytes.moved(SOCKET, 1_400, 600)).as("what stands for 600 is on its way").isZero();
    bytes.arrived(Unpooled.wrappedBuffer(new byte[600]));
    assertThat(bytes.moved(SOCKET, 1_400, 600)).isEqualTo(1_400);
    bytes.arrived(Unpooled.wrappedBuffer(new byte[1_400]));
    bytes.ended();

    assertThat(second.get()).isEqualTo(new Piece(1_400, true));
    assertThat(sink.written.toByteArray()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void bytesKeepTheirOrderWhereverPiecesEnd(int seed) throws Exception {
    byte[] all = Bytes.random(1 << 20, seed);
    Sink into = new Sink(all);
    Random random = new Random(seed);
    FutureTask<Long> reader = new FutureTask<>(() -> readInPieces(into, new Random(seed)));
    Thread.startVirtualThread(reader);

    int read = 0;
    while (read < all.length) {
      int some = Math.min(random.nextInt(1, 4_000), all.length - read);
      int moved = (int) bytes.moved(SOCKET, some, read);
      byte[] next = Arrays.copyOfRange(all, read + moved, read + some);
      read += some;
      if (moved > 0) {
        bytes.arrived(Unpooled.wrappedBuffer(new byte[moved]));
      }
      bytes.arrived(Unpooled.wrappedBuffer(next));
    }
    bytes.ended();

    assertThat(reader.get()).isEqualTo(all.length);
    assertThat(into.written.toByteArray()).isEqualTo(all);
  }

  private long readInPieces(Sink into, Random random) throws IOException {
    long total = 0;
    while (true) {
      long most = random.nextLong(1, 20_000);
      Duration time = Duration.ofNanos(random.nextLong(100_000));
      Piece piece =
          bytes.transferTo(into, new Bounds(most, Math.min(most, random.nextLong(1, 9)), time));
      total += piece.bytes();
      if (piece.last()) {
        return total;
      }
      assertThat(piece.bytes()).isPositive();
    }
  }

  @Test
  void whatWasMovedBeforeACutCounts() throws Exception {
    FutureTask<Long> reader = reading(Long.MAX_VALUE);
    assertThat(bytes.moved(SOCKET, 600, 0)).isEqualTo(600);

    bytes.cut();

    assertThat(bytes.moved(SOCKET, 100, 0)).isZero();
    assertThat(reader.get()).isEqualTo(600);
    assertThat(bytes.truncated()).isTrue();
  }

  @Test
  void bytesThatCouldNotBeWrittenHaveLeftTheSocketAllTheSame() throws Exception {
    FutureTask<Long> reader = reading(Long.MAX_VALUE);
    sink.failure = new IOException("no space left");

    assertThat(bytes.moved(SOCKET, 600, 0)).isEqualTo(600);

    assertThatThrownBy(reader::get).isInstanceOf(ExecutionException.class).hasCause(sink.failure);
  }

  private void arrive(int from, int to) {
    bytes.arrived(Unpooled.copiedBuffer(content, from, to - from));
  }

  private FutureTask<Long> reading(long max) throws InterruptedException {
    return started(() -> bytes.transferTo(sink, max));
  }

  private FutureTask<Piece> reading(Bounds bounds) throws InterruptedException {
    return started(() -> bytes.transferTo(sink, bounds));
  }

  /** Returns once the reader sleeps, or is done. */
  private static <T> FutureTask<T> started(Callable<T> reader) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(reader);
    Thread thread = Thread.startVirtualThread(task);
    assertThat(Eventually.holds(() -> SLEEPING.contains(thread.getState()))).isTrue();
    return task;
  }

  /** The socket has the rest of the content, whatever was written of it. */
  private static final class Sink implements SocketSink {

    private final byte[] content;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long lifted;
    private @Nullable IOException failure;

    Sink(byte[] content) {
      this.content = content;
    }

    @Override
    public long lift(int socket, long max) {
      lifted = socket == SOCKET ? Math.min(max, content.length - written.size()) : 0;
      return lifted;
    }

    @Override
    public void lower() throws IOException {
      if (failure != null) {
        throw failure;
      }
      written.write(content, written.size(), (int) lifted);
    }

    @Override
    public int write(ByteBuffer source) {
      byte[] taken = new byte[source.remaining()];
      source.get(taken);
      written.writeBytes(taken);
      return taken.length;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
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
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
