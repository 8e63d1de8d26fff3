package dev.upload.http.problem;

import dev.upload.core.model.UploadRejectedException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers refusals that no dialect of its own answers. */
@Singleton
final class RejectionHandler implements ExceptionHandler<UploadRejectedException, HttpResponse<?>> {

  @Override
  @SuppressWarnings("rawtypes") // the interface is raw
  public HttpResponse<?> handle(HttpRequest request, UploadRejectedException refused) {
    return ProblemResponses.refusal((HttpRequest<?>) request, refused.rejection(), Dialect.PLAIN);
  }
}
