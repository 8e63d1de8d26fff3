package dev.upload.http.files;

import io.micronaut.buffer.netty.NettyReadBufferFactory;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * The pieces of one file on their way to one connection, each read when it is asked for.
 *
 * <p>Whoever comes first has the file: the reader, which closes it at its end, or {@link #discard},
 * for nobody asks for the file of a client that went away before its answer. A piece belongs to
 * {@link #discard} until the connection has taken it: the framework loses one that reaches a
 * connection which is gone.
 */
final class FilePieces {

  private final FileContent content;
  private final IntSupplier pieceBytes;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final AtomicReference<Optional<ReadBuffer>> underway =
      new AtomicReference<>(Optional.empty());
  private volatile boolean discarded;

  /**
   * @param pieceBytes how large the next piece may be
   */
  FilePieces(FileContent content, IntSupplier pieceBytes) {
    this.content = content;
    this.pieceBytes = pieceBytes;
  }

  /** Returns the pieces, for one subscriber that asks for one after the other. */
  Flux<ReadBuffer> read() {
    return Flux.<ReadBuffer, Long>generate(
        () -> taken.getAndSet(true) ? 0L : content.length(), this::next, left -> content.close());
  }

  /** Frees everything, on the event loop: the connection is gone. */
  void discard() {
    discarded = true;
    if (!taken.getAndSet(true)) {
      content.close();
    }
    closeUnderway();
  }

  private void closeUnderway() {
    underway.getAndSet(Optional.empty()).ifPresent(ReadBuffer::close); // no-op if it was taken
  }

  private Long next(long left, SynchronousSink<ReadBuffer> sink) {
    if (left == 0) {
      sink.complete();
      return 0L;
    }
    try {
      ByteBuf piece = filled((int) Math.min(left, pieceBytes.getAsInt()));
      int length = piece.readableBytes();
      ReadBuffer buffer = NettyReadBufferFactory.of(ByteBufAllocator.DEFAULT).adapt(piece);
      underway.set(Optional.of(buffer));
      if (discarded) { // perhaps before this piece was underway
        closeUnderway();
        sink.complete(); // nobody is there who could take it for the whole
        return left;
      }
      sink.next(buffer);
      return left - length;
    } catch (IOException | UncheckedIOException e) {
      sink.error(e);
      return left;
    }
  }

  private ByteBuf filled(int bytes) throws IOException {
    ByteBuf piece = ByteBufAllocator.DEFAULT.directBuffer(bytes);
    boolean filled = false;
    try {
      ByteBuffer buffer = piece.nioBuffer(0, bytes);
      while (buffer.hasRemaining()) {
        if (content.channel().read(buffer) < 0) {
          throw new EOFException("the file has fewer bytes than its record says");
        }
      }
      piece.writerIndex(bytes);
      filled = true;
      return piece;
    } finally {
      if (!filled) {
        piece.release();
      }
    }
  }
}
