package dev.upload.http.rufh;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.http.UploadAccess;
import dev.upload.http.problem.Dialect;
import dev.upload.http.problem.Problem;
import dev.upload.http.problem.ProblemResponses;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Answers requests that bring bytes and are refused, so that their clients know how to go on. */
@Singleton
final class Refusals {

  private final UploadAccess access;
  private final LimitField limits;

  Refusals(UploadAccess access, LimitField limits) {
    this.access = access;
    this.limits = limits;
  }

  /** Answers a request for the upload {@code id}, if for one, that a rule refused. */
  MutableHttpResponse<?> of(
      HttpRequest<?> request, Interop version, Optional<String> id, Rejection rejection) {
    MutableHttpResponse<?> response = ProblemResponses.of(request, problem(version, rejection));
    if (rejection instanceof Rejection.TooLarge || rejection instanceof Rejection.TooSmall) {
      limits(request, version, id).ifPresent(text -> response.header(Rufh.LIMIT, text));
    }
    if (rejection instanceof Rejection.UnsupportedMediaType) {
      response.header("Accept-Patch", Rufh.MEDIA_TYPE);
    }
    if (rejection instanceof Rejection.OffsetMismatch mismatch) {
      RufhResponses.offset(response, mismatch.expected());
      return RufhResponses.completeness(response, version, false);
    }
    return incomplete(request, version, id, response);
  }

  private Optional<String> limits(HttpRequest<?> request, Interop version, Optional<String> id) {
    AuthorizedUploads own = access.of(request);
    return id.flatMap(text -> active(request, text))
        .map(session -> limits.of(version, own.limits(session), session))
        .orElseGet(() -> limits.ofNew(version, own.limits()));
  }

  /** Answers whoever sent all of an upload that was refused then: to go on with it is no use. */
  MutableHttpResponse<?> ofWhole(HttpRequest<?> request, Interop version, Rejection rejection) {
    return RufhResponses.completeness(
        ProblemResponses.of(request, problem(version, rejection)), version, true);
  }

  private static Problem problem(Interop version, Rejection rejection) {
    Problem problem = Problem.of(rejection, Dialect.IETF);
    return rejection instanceof Rejection.WrongState && version.has(Trait.COMPLETED_IS_PROBLEM)
        ? problem.ofType(Rufh.COMPLETED_UPLOAD)
        : problem;
  }

  /** Adds what every answer has that does not complete an upload. */
  MutableHttpResponse<?> incomplete(
      HttpRequest<?> request,
      Interop version,
      Optional<String> id,
      MutableHttpResponse<?> response) {
    if (version.has(Trait.OFFSET_IN_ANSWERS)) {
      id.flatMap(text -> active(request, text))
          .ifPresent(session -> RufhResponses.offset(response, session.offset()));
    }
    return RufhResponses.completeness(response, version, false);
  }

  /** Returns the upload if it goes on, and that can be told now. */
  private Optional<UploadSession> active(HttpRequest<?> request, String id) {
    try {
      return access
          .of(request)
          .recorded(UploadId.parse(id))
          .filter(session -> session.state() == UploadState.OPEN);
    } catch (UploadRejectedException | StorageUnavailableException e) {
      return Optional.empty();
    }
  }
}
