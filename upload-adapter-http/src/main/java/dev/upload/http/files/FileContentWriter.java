package dev.upload.http.files;

import io.micronaut.buffer.netty.NettyReadBufferFactory;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.codec.CodecException;
import io.micronaut.scheduling.TaskExecutors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * Sends the bytes of a file: a piece is read on a virtual thread whenever the connection has taken
 * the one before it.
 *
 * <p>A file that ends too early breaks the connection, so that nobody takes a part for the whole.
 */
@Singleton
final class FileContentWriter implements ResponseBodyWriter<FileContent> {

  private static final int PIECE_BYTES = 128 * 1024;

  private final ExecutorService blocking;

  FileContentWriter(@Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.blocking = blocking;
  }

  @Override
  public CloseableByteBody writePiece(
      ByteBodyFactory bodyFactory,
      HttpRequest<?> request,
      HttpResponse<?> response,
      Argument<FileContent> type,
      MediaType mediaType,
      FileContent content) {
    return bodyFactory.adapt(pieces(content), OptionalLong.of(content.length()));
  }

  private Flux<ReadBuffer> pieces(FileContent content) {
    return Flux.<ReadBuffer, Long>generate(
            content::length, (left, sink) -> next(content, left, sink), left -> content.close())
        .doOnDiscard(ReadBuffer.class, ReadBuffer::close)
        .subscribeOn(Schedulers.fromExecutorService(blocking), true);
  }

  private static Long next(FileContent content, long left, SynchronousSink<ReadBuffer> sink) {
    if (left == 0) {
      sink.complete();
      return 0L;
    }
    ByteBuf piece = ByteBufAllocator.DEFAULT.directBuffer((int) Math.min(left, PIECE_BYTES));
    try {
      int read = fill(piece, content);
      sink.next(NettyReadBufferFactory.of(ByteBufAllocator.DEFAULT).adapt(piece.retain()));
      return left - read;
    } catch (IOException | UncheckedIOException e) {
      sink.error(e);
      return left;
    } finally {
      piece.release();
    }
  }

  private static int fill(ByteBuf piece, FileContent content) throws IOException {
    ByteBuffer buffer = piece.nioBuffer(0, piece.capacity());
    while (buffer.hasRemaining()) {
      if (content.channel().read(buffer) < 0) {
        throw new EOFException("the file has fewer bytes than its record says");
      }
    }
    piece.writerIndex(piece.capacity());
    return piece.capacity();
  }

  @Override
  public void writeTo(
      Argument<FileContent> type,
      MediaType mediaType,
      FileContent content,
      MutableHeaders headers,
      OutputStream stream)
      throws CodecException {
    throw new CodecException("a file is sent in pieces only");
  }
}
