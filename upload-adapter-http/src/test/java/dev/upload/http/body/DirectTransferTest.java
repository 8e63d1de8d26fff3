package dev.upload.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.port.PiecewiseBody.Bounds;
import dev.upload.core.port.PiecewiseBody.Piece;
import dev.upload.core.port.PromptChannel;
import dev.upload.core.testing.Bytes;
import dev.upload.http.Eventually;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DirectTransferTest {

  private static final Set<Thread.State> SLEEPING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

  private final Sent sender = new Sent();
  private final RequestBytes bytes = new RequestBytes(sender);
  private final Prompt sink = new Prompt();

  @AfterEach
  void free() {
    bytes.close();
  }

  @Test
  void theSendersThreadWritesAndIsAllowedAsMuchAgain() throws Exception {
    byte[] content = Bytes.random(3_000, 1);
    ByteBuf first = Unpooled.copiedBuffer(content, 0, 1_000);
    FutureTask<Long> reader = reading(Long.MAX_VALUE);

    bytes.arrived(first);
    bytes.arrived(Unpooled.copiedBuffer(content, 1_000, 2_000));

    assertThat(sink.written.toByteArray()).isEqualTo(content);
    assertThat(sink.writers).containsOnly(Thread.currentThread());
    assertThat(sender.allowed.get()).isEqualTo(3_000);
    assertThat(first.refCnt()).isZero();
    bytes.ended();
    assertThat(reader.get()).isEqualTo(3_000);
    assertThat(bytes.consumed()).isEqualTo(3_000);
  }

  @Test
  void bytesBehindTheWantedOnesAreLeftToTheReader() throws Exception {
    byte[] content = Bytes.random(1_000, 2);
    FutureTask<Long> reader = reading(600);

    bytes.arrived(Unpooled.copiedBuffer(content));

    assertThat(reader.get()).isEqualTo(600);
    assertThat(sink.written.toByteArray()).isEqualTo(Arrays.copyOf(content, 600));
    assertThat(bytes.consumed()).isEqualTo(600);
    assertThat(bytes.next().readByte()).isEqualTo(content[600]);
  }

  @Test
  void theNextPieceGoesOnWhereTheOneBeforeItEnded() throws Exception {
    byte[] content = Bytes.random(1_000, 2);
    FutureTask<Long> first = reading(400);
    bytes.arrived(Unpooled.copiedBuffer(content, 0, 700));
    assertThat(first.get()).isEqualTo(400);

    FutureTask<Long> second = reading(Long.MAX_VALUE);
    bytes.arrived(Unpooled.copiedBuffer(content, 700, 300));
    bytes.ended();

    assertThat(second.get()).isEqualTo(600);
    assertThat(sink.written.toByteArray()).isEqualTo(content);
    assertThat(sender.allowed.get()).isEqualTo(1_000);
  }

  @Test
  void whatIsWrittenWhenTheTimeIsOverIsAPiece() throws Exception {
    byte[] content = Bytes.random(1_000, 2);
    FutureTask<Piece> first = reading(new Bounds(Long.MAX_VALUE, 1, Duration.ofMillis(50)));
    bytes.arrived(Unpooled.copiedBuffer(content, 0, 400));
    assertThat(first.get()).isEqualTo(new Piece(400, false));

    FutureTask<Piece> second = reading(new Bounds(Long.MAX_VALUE, 1, Duration.ofDays(1)));
    bytes.arrived(Unpooled.copiedBuffer(content, 400, 600));
    bytes.ended();

    assertThat(second.get()).isEqualTo(new Piece(600, true));
    assertThat(sink.written.toByteArray()).isEqualTo(content);
    assertThat(sink.writers).containsOnly(Thread.currentThread());
    assertThat(bytes.consumed()).isEqualTo(1_000);
    assertThat(sender.allowed.get()).isEqualTo(1_000);
  }

  @Test
  void aPieceWaitsForItsLeastBytesHoweverLongThatTakes() throws Exception {
    byte[] content = Bytes.random(1_000, 2);
    FutureTask<Piece> first = reading(new Bounds(Long.MAX_VALUE, 500, Duration.ZERO));
    bytes.arrived(Unpooled.copiedBuffer(content, 0, 499));
    bytes.arrived(Unpooled.copiedBuffer(content, 499, 301));
    assertThat(first.get()).isEqualTo(new Piece(800, false));

    bytes.arrived(Unpooled.copiedBuffer(content, 800, 200));
    bytes.ended();

    assertThat(bytes.transferTo(sink, Bounds.of(200))).isEqualTo(new Piece(200, false));
    assertThat(bytes.transferTo(sink, Bounds.of(200))).isEqualTo(new Piece(0, true));
    assertThat(sink.written.toByteArray()).isEqualTo(content);
  }

  @Test
  void aBodyThatEndsWhenTheTimeIsOverEndsWithoutAnotherByte() throws Exception {
    FutureTask<Piece> reader = reading(new Bounds(Long.MAX_VALUE, 1, Duration.ZERO));

    bytes.ended();

    assertThat(reader.get()).isEqualTo(new Piece(0, true));
  }

  @Test
  void aCutBetweenTwoPiecesEndsTheBody() throws Exception {
    FutureTask<Long> first = reading(400);
    bytes.arrived(Unpooled.wrappedBuffer(new byte[400]));
    assertThat(first.get()).isEqualTo(400);

    bytes.cut();
    bytes.arrived(Unpooled.wrappedBuffer(new byte[10]));

    assertThat(bytes.transferTo(sink, 400)).isZero();
    assertThat(bytes.truncated()).isTrue();
  }

  @Test
  void whatArrivedBeforeIsWrittenFirst() throws Exception {
    byte[] content = Bytes.random(900, 3);
    bytes.arrived(Unpooled.copiedBuffer(content, 0, 300));
    FutureTask<Long> reader = reading(Long.MAX_VALUE);

    bytes.arrived(Unpooled.copiedBuffer(content, 300, 600));
    bytes.ended();

    assertThat(reader.get()).isEqualTo(900);
    assertThat(sink.written.toByteArray()).isEqualTo(content);
  }

  @Test
  void theReaderThrowsWhatTheSinkThrew() throws Exception {
    IOException full = new IOException("no space left");
    sink.failure = full;
    FutureTask<Long> reader = reading(Long.MAX_VALUE);

    bytes.arrived(Unpooled.wrappedBuffer(new byte[10]));

    assertThatThrownBy(reader::get).isInstanceOf(ExecutionException.class).hasCause(full);
  }

  @Test
  void whatWasWrittenBeforeACutCounts() throws Exception {
    FutureTask<Long> reader = reading(Long.MAX_VALUE);
    bytes.arrived(Unpooled.wrappedBuffer(new byte[10]));

    bytes.cut();
    bytes.arrived(Unpooled.wrappedBuffer(new byte[5]));

    assertThat(reader.get()).isEqualTo(10);
    assertThat(sink.written.size()).isEqualTo(10);
    assertThat(bytes.truncated()).isTrue();
  }

  @Test
  void aSinkThatTakesPartOfABufferGetsTheRest() throws Exception {
    sink.mostAtOnce = 7;
    byte[] content = Bytes.random(100, 4);
    FutureTask<Long> reader = reading(Long.MAX_VALUE);

    bytes.arrived(Unpooled.copiedBuffer(content));
    bytes.ended();

    assertThat(reader.get()).isEqualTo(100);
    assertThat(sink.written.toByteArray()).isEqualTo(content);
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

  /** Remembers what was written by whom. */
  private static final class Prompt implements PromptChannel {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Set<Thread> writers = new HashSet<>();
    private int mostAtOnce = Integer.MAX_VALUE;
    private @Nullable IOException failure;

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
      return write(sources[offset]);
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
      return write(sources, 0, sources.length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      if (failure != null) {
        throw failure;
      }
      writers.add(Thread.currentThread());
      byte[] taken = new byte[Math.min(mostAtOnce, source.remaining())];
      source.get(taken);
      written.writeBytes(taken);
      return taken.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
