package dev.upload.http.tus;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.http.body.MicronautBody;
import dev.upload.http.body.RequestBytes;
import dev.upload.http.problem.StorageUnavailableHandler;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** One request: its version, what it wants, what becomes of its body. */
@Singleton
final class TusExchange {

  private final Creation creation;
  private final Append append;
  private final Inspection inspection;
  private final Termination termination;
  private final StorageUnavailableHandler unavailable;

  TusExchange(
      Creation creation,
      Append append,
      Inspection inspection,
      Termination termination,
      StorageUnavailableHandler unavailable) {
    this.creation = creation;
    this.append = append;
    this.inspection = inspection;
    this.termination = termination;
    this.unavailable = unavailable;
  }

  /** Answers a request for the endpoint itself. */
  HttpResponse<?> onEndpoint(HttpRequest<?> request) {
    return answer(
        request,
        bytes ->
            switch (TusMethod.of(request)) {
              case POST -> creation.answer(request, bytes);
              case HEAD, PATCH, DELETE ->
                  throw RequestFields.malformed(
                      Tus.METHOD_OVERRIDE, "such a method is for an upload's own URL");
            });
  }

  /** Answers a request for an upload. */
  HttpResponse<?> onUpload(HttpRequest<?> request, String id) {
    return answer(
        request,
        bytes ->
            switch (TusMethod.of(request)) {
              case HEAD -> inspection.answer(request, id);
              case PATCH -> append.answer(request, id, bytes);
              case DELETE -> termination.answer(request, id);
              case POST ->
                  throw RequestFields.malformed(
                      Tus.METHOD_OVERRIDE, "POST is for the endpoint itself");
            });
  }

  /** What a request is for. */
  @FunctionalInterface
  private interface Work {
    MutableHttpResponse<?> with(RequestBytes bytes);
  }

  private HttpResponse<?> answer(HttpRequest<?> request, Work work) {
    try (RequestBytes bytes = MicronautBody.take(request)) {
      MutableHttpResponse<?> response = outcome(request, bytes, work);
      MicronautBody.drain(request, bytes, response);
      return response;
    }
  }

  private MutableHttpResponse<?> outcome(HttpRequest<?> request, RequestBytes bytes, Work work) {
    if (!Tus.VERSION.equals(request.getHeaders().get(Tus.RESUMABLE))) {
      return TusResponses.unsupportedVersion(request);
    }
    try {
      return work.with(bytes);
    } catch (UploadRejectedException refused) {
      boolean passes =
          refused.rejection() instanceof Rejection.StorageFull
              || refused.rejection() instanceof Rejection.Throttled;
      return TusResponses.refusal(
          request,
          passes && TusMethod.of(request) == TusMethod.HEAD
              ? new Rejection.Busy()
              : refused.rejection());
    } catch (StorageUnavailableException fault) {
      return failure(request, fault);
    }
  }

  /** Clients take a 5xx to HEAD for the end of the upload, and begin another one. */
  private MutableHttpResponse<?> failure(
      HttpRequest<?> request, StorageUnavailableException fault) {
    MutableHttpResponse<?> response = unavailable.answer(request, fault);
    return TusMethod.of(request) == TusMethod.HEAD
        ? TusResponses.refusal(request, new Rejection.Busy())
        : response;
  }
}
