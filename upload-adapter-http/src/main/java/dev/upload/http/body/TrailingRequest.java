package dev.upload.http.body;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;

/** A request of HTTP/1.1 that gets its trailer once its body has ended. */
final class TrailingRequest extends DefaultHttpRequest {

  private volatile HttpHeaders trailer = EmptyHttpHeaders.INSTANCE;

  TrailingRequest(HttpRequest request) {
    super(request.protocolVersion(), request.method(), request.uri(), request.headers());
    setDecoderResult(request.decoderResult());
  }

  HttpHeaders trailer() {
    return trailer;
  }

  void trailer(HttpHeaders fields) {
    trailer = fields;
  }
}
