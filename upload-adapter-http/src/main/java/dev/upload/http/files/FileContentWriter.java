package dev.upload.http.files;

import dev.upload.http.body.MinimumRate;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.body.stream.BodySizeLimits;
import io.micronaut.http.codec.CodecException;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Sends the bytes of a file: a piece is read on a virtual thread whenever the connection has taken
 * the one before it.
 *
 * <p>Pieces get smaller the more files are being sent: a client that takes nothing holds one or
 * two.
 *
 * <p>A client that takes a piece slower than the minimum rate loses its connection, and may ask for
 * the rest.
 *
 * <p>A file that ends too early breaks the connection, so that nobody takes a part for the whole.
 */
@Singleton
final class FileContentWriter implements ResponseBodyWriter<FileContent> {

  private static final int MAX_PIECE_BYTES = 128 * 1024;
  private static final int MIN_PIECE_BYTES = 8 * 1024;
  private static final int ALL_PIECES_BYTES = 16 * 1024 * 1024;

  private final ExecutorService blocking;
  private final MinimumRate rate;
  private final AtomicInteger underway = new AtomicInteger();

  FileContentWriter(@Named(TaskExecutors.BLOCKING) ExecutorService blocking, MinimumRate rate) {
    this.blocking = blocking;
    this.rate = rate;
  }

  @Override
  public CloseableByteBody writePiece(
      ByteBodyFactory bodyFactory,
      HttpRequest<?> request,
      HttpResponse<?> response,
      Argument<FileContent> type,
      MediaType mediaType,
      FileContent content) {
    FilePieces pieces = new FilePieces(content, this::pieceBytes);
    return bodyFactory.adapt(
        limited(counted(pieces.read())).subscribeOn(Schedulers.fromExecutorService(blocking), true),
        BodySizeLimits.UNLIMITED,
        response.getHeaders(), // the Content-Length
        pieces::discard);
  }

  private int pieceBytes() {
    int share = ALL_PIECES_BYTES / Math.max(1, underway.get());
    return Math.clamp(share, MIN_PIECE_BYTES, MAX_PIECE_BYTES);
  }

  private Flux<ReadBuffer> counted(Flux<ReadBuffer> pieces) {
    return Flux.defer(
        () -> {
          underway.incrementAndGet();
          return pieces.doFinally(end -> underway.decrementAndGet());
        });
  }

  /** The next piece is asked for when the connection has taken the one before. */
  private Flux<ReadBuffer> limited(Flux<ReadBuffer> pieces) {
    return rate.limitFor(MAX_PIECE_BYTES).map(pieces::timeout).orElse(pieces);
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
