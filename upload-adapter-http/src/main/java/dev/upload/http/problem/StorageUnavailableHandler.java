package dev.upload.http.problem;

import dev.upload.core.model.StorageUnavailableException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that failed for the store's sake, and logs why: nobody else does. */
@Singleton
public final class StorageUnavailableHandler
    implements ExceptionHandler<StorageUnavailableException, HttpResponse<?>> {

  private static final Logger LOG = LoggerFactory.getLogger(StorageUnavailableHandler.class);

  @Override
  @SuppressWarnings("rawtypes") // the interface is raw
  public HttpResponse<?> handle(HttpRequest request, StorageUnavailableException fault) {
    return answer((HttpRequest<?>) request, fault);
  }

  /** Logs {@code fault} and says that the request may be repeated. */
  public MutableHttpResponse<?> answer(HttpRequest<?> request, StorageUnavailableException fault) {
    LOG.error(
        "{} {} failed: {}", request.getMethod(), request.getPath(), fault.getMessage(), fault);
    return ProblemResponses.storageUnavailable(request);
  }
}
