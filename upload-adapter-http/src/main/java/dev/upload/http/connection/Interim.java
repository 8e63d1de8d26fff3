package dev.upload.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** An interim response: a status and headers that can be sent. */
final class Interim {

  static final Interim CONTINUE = new Interim(HttpResponseStatus.CONTINUE, Map.of());

  private static final HttpResponseStatus RESUMPTION_SUPPORTED =
      new HttpResponseStatus(104, "Upload Resumption Supported");

  /** Who has left so much unread is told no more: it would fill the memory. */
  private static final long MAX_UNREAD_BYTES = 1024 * 1024;

  private final HttpResponseStatus status;
  private final HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();

  /**
   * @throws IllegalArgumentException if the status or a header is none
   */
  Interim(int status, Map<String, String> headers) {
    this(named(status), headers);
  }

  private Interim(HttpResponseStatus status, Map<String, String> headers) {
    this.status = status;
    headers.forEach(this.headers::set);
  }

  private static HttpResponseStatus named(int status) {
    if (status < 102 || status > 199) {
      throw new IllegalArgumentException(status + " is no interim response");
    }
    return status == RESUMPTION_SUPPORTED.code()
        ? RESUMPTION_SUPPORTED
        : HttpResponseStatus.valueOf(status);
  }

  /** Tells whether whoever is at the other end of {@code channel} reads what he is told. */
  static boolean isRead(Channel channel) {
    return channel.bytesBeforeWritable() <= MAX_UNREAD_BYTES;
  }

  /** Returns the response as HTTP/1.1 has it. */
  ByteBuf bytes() {
    StringBuilder text = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    headers.forEach(
        header ->
            text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
    return Unpooled.wrappedBuffer(
        text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Returns the response as HTTP/2 has it. */
  Http2Headers frame() {
    Http2Headers frame = new DefaultHttp2Headers().status(status.codeAsText());
    headers.forEach(
        header -> frame.set(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return frame;
  }
}
