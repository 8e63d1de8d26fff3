package dev.upload.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection on which nobody can tell where the next request begins: what is taken for a
 * request then may have been meant as somebody's body (request smuggling).
 *
 * <p>Netty says of chunks that it cannot read that they are the last ones, and Micronaut takes them
 * for the end of the body. Here they become a failure of the body, as a connection that was cut is.
 */
final class BrokenMessages extends ChannelDuplexHandler {

  private boolean broken;
  private boolean deaf;
  private int unanswered;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (deaf || (broken && message instanceof HttpRequest)) {
      deaf = true;
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request) {
      unanswered++;
      refuseAmbiguous(request);
      broken = request.decoderResult().isFailure();
      context.fireChannelRead(message);
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      broken = true;
      deaf = true;
      content.release();
      fail(context, content.decoderResult().cause());
    } else {
      context.fireChannelRead(message);
    }
  }

  /** Whose request was answered already is not told. */
  private void fail(ChannelHandlerContext context, @Nullable Throwable cause) {
    if (unanswered == 0) {
      var _ = context.close();
    } else {
      context.fireExceptionCaught(new UnreadableBodyException(cause));
    }
  }

  private static void refuseAmbiguous(HttpRequest request) {
    if (request.decoderResult().isSuccess() && isAmbiguous(request)) {
      request.setDecoderResult(
          DecoderResult.failure(
              new IllegalArgumentException("Transfer-Encoding or Host can be read in two ways")));
    }
  }

  /** What Netty lets pass although RFC 9112, sections 3.2 and 6.1, does not. */
  private static boolean isAmbiguous(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
      if (encodings.size() != 1
          || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.getFirst())) {
        return true;
      }
    }
    return request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && headers.getAll(HttpHeaderNames.HOST).size() != 1;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    ChannelPromise written = promise;
    if (message instanceof HttpResponse response
        && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      unanswered--;
      if (closes()) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
    }
    if (message instanceof LastHttpContent && closes()) {
      written = promise.unvoid().addListener(ChannelFutureListener.CLOSE);
    }
    super.write(context, message, written);
  }

  private boolean closes() {
    return broken && unanswered == 0;
  }
}
