package dev.upload.http.tus;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadSession;
import dev.upload.http.HttpDate;
import dev.upload.http.UploadExpiry;
import dev.upload.http.files.UploadUrls;
import dev.upload.http.problem.Dialect;
import dev.upload.http.problem.ProblemResponses;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** What several kinds of answers have in common. */
@Singleton
final class TusResponses {

  private final UploadExpiry expiry;
  private final UploadUrls urls;

  TusResponses(UploadExpiry expiry, UploadUrls urls) {
    this.expiry = expiry;
    this.urls = urls;
  }

  /** Answers a creation. */
  MutableHttpResponse<?> created(HttpRequest<?> request, UploadSession session) {
    return expiring(
        HttpResponse.status(HttpStatus.CREATED)
            .header(HttpHeaders.LOCATION, urls.of(request, session.id())),
        session);
  }

  /** Adds when {@code session} expires, if it does. */
  MutableHttpResponse<?> expiring(MutableHttpResponse<?> response, UploadSession session) {
    expiry.of(session).ifPresent(at -> response.header(Tus.EXPIRES, HttpDate.format(at)));
    return response;
  }

  /** Answers an append. */
  MutableHttpResponse<?> appended(UploadSession session) {
    return expiring(offset(HttpResponse.noContent(), session.offset()), session);
  }

  static MutableHttpResponse<?> offset(MutableHttpResponse<?> response, long offset) {
    return response.header(Tus.OFFSET, Long.toString(offset));
  }

  /** Answers a request that a rule refused; a wrong offset with the right one. */
  static MutableHttpResponse<?> refusal(HttpRequest<?> request, Rejection rejection) {
    MutableHttpResponse<?> response = ProblemResponses.refusal(request, rejection, Dialect.TUS);
    if (rejection instanceof Rejection.OffsetMismatch mismatch) {
      offset(response, mismatch.expected());
    }
    return withoutBody(request, response);
  }

  /** Answers a request of another version, or of none. */
  static MutableHttpResponse<?> unsupportedVersion(HttpRequest<?> request) {
    MutableHttpResponse<?> response =
        ProblemResponses.unsupportedVersion(
            request, "%s has to be %s.".formatted(Tus.RESUMABLE, Tus.VERSION));
    return withoutBody(request, response.header(Tus.SUPPORTED_VERSIONS, Tus.VERSION));
  }

  /** The framework would close the connection behind a HEAD's answer that has no length. */
  static MutableHttpResponse<?> withoutBody(
      HttpRequest<?> request, MutableHttpResponse<?> response) {
    return request.getMethod() == HttpMethod.HEAD
        ? response.header(HttpHeaders.CONTENT_LENGTH, "0")
        : response;
  }
}
