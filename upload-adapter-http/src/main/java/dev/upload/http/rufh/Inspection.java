package dev.upload.http.rufh;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadSession;
import dev.upload.http.UploadAccess;
import dev.upload.http.UploadLookup;
import dev.upload.http.files.Resumption;
import dev.upload.http.problem.Dialect;
import dev.upload.http.problem.ProblemResponses;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/**
 * HEAD: how far an upload is.
 *
 * <p>Whoever asks has given an earlier request up, so that one is ended first: the offset that is
 * told here is the one at which the next append begins.
 */
@Singleton
final class Inspection implements Resumption {

  private final UploadAccess access;
  private final RufhResponses responses;

  Inspection(UploadAccess access, RufhResponses responses) {
    this.access = access;
    this.responses = responses;
  }

  @Override
  public MutableHttpResponse<?> answer(HttpRequest<?> request, String id) {
    RufhFields fields = RufhFields.of(request);
    fields.requireBare(true);
    AuthorizedUploads uploads = access.of(request);
    UploadSession session = UploadLookup.requireSettled(uploads, id);
    return responses.described(
        request,
        fields.version(),
        session,
        HttpResponse.noContent().header(HttpHeaders.CACHE_CONTROL, "no-store"));
  }

  @Override
  public MutableHttpResponse<?> refusal(HttpRequest<?> request, Rejection rejection) {
    return ProblemResponses.refusal(request, rejection, Dialect.IETF);
  }

  @Override
  public void describe(
      HttpRequest<?> request, UploadSession session, MutableHttpResponse<?> response) {
    responses.described(request, RufhFields.of(request).version(), session, response);
  }
}
