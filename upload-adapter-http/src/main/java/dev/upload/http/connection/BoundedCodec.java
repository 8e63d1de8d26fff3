package dev.upload.http.connection;

import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpServerCodec;
import jakarta.inject.Singleton;

/**
 * Reads HTTP/1.1 as Micronaut does, but no head with very many fields: a field of five bytes takes
 * thirty times as many once it is read, so that a limit on the bytes of a head alone lets a few
 * hundred clients fill the heap.
 */
@Singleton
final class BoundedCodec {

  static final int MAX_FIELDS = 128;

  private final NettyHttpServerConfiguration configuration;

  BoundedCodec(NettyHttpServerConfiguration configuration) {
    this.configuration = configuration;
  }

  /** Returns the codec of a new connection. */
  HttpServerCodec forConnection() {
    boolean validated = configuration.isValidateHeaders();
    return new HttpServerCodec(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(configuration.getMaxInitialLineLength())
            .setMaxHeaderSize(configuration.getMaxHeaderSize())
            .setMaxChunkSize(configuration.getMaxChunkSize())
            .setInitialBufferSize(configuration.getInitialBufferSize())
            .setHeadersFactory(
                new Few(DefaultHttpHeadersFactory.headersFactory().withValidation(validated)))
            .setTrailersFactory(
                new Few(DefaultHttpHeadersFactory.trailersFactory().withValidation(validated))));
  }

  private record Few(DefaultHttpHeadersFactory validation) implements HttpHeadersFactory {

    @Override
    public HttpHeaders newHeaders() {
      return new FewFields(MAX_FIELDS, validation);
    }

    @Override
    public HttpHeaders newEmptyHeaders() {
      return newHeaders();
    }
  }
}
