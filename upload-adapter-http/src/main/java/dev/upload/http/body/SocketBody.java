package dev.upload.http.body;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request of HTTP/1.1 as far as it is still in its socket. The event loop counts;
 * anybody may {@linkplain #offer offer} a reader.
 */
final class SocketBody {

  private final HttpRequest request;
  private final long length;
  private long left;
  private volatile @Nullable RequestBytes reader;

  /**
   * @param length of the whole body
   */
  SocketBody(HttpRequest request, long length) {
    this.request = request;
    this.length = length;
    this.left = length;
  }

  /**
   * Has {@code bytes} read this body, if it is that of {@code read}, and not only of an equal one.
   */
  @SuppressWarnings("ReferenceEquality")
  void offer(HttpRequest read, RequestBytes bytes) {
    if (request == read) {
      reader = bytes;
    }
  }

  /** Tells whether there is a reader. */
  boolean isRead() {
    return reader != null;
  }

  /** Counts bytes that went through the pipeline. */
  void passed(int bytes) {
    left -= bytes;
  }

  /** Returns how many bytes have not gone through the pipeline yet. */
  long left() {
    return left;
  }

  /**
   * Lets the reader move at most {@code max} bytes, which must be left, off the socket, and returns
   * how many it did.
   */
  long move(int socket, long max) {
    RequestBytes offered = reader;
    return offered == null ? 0 : offered.moved(socket, max, length - left);
  }
}
