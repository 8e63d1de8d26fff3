package dev.upload.http.tus;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.Concatenation;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.http.UploadAccess;
import dev.upload.http.UploadLookup;
import dev.upload.http.files.FilesConfiguration;
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
final class Inspection {

  private final UploadAccess access;
  private final TusResponses responses;
  private final FilesConfiguration files;

  Inspection(UploadAccess access, TusResponses responses, FilesConfiguration files) {
    this.access = access;
    this.responses = responses;
    this.files = files;
  }

  MutableHttpResponse<?> answer(HttpRequest<?> request, String id) {
    AuthorizedUploads uploads = access.of(request);
    UploadSession session = UploadLookup.requireSettled(uploads, id);
    MutableHttpResponse<?> response =
        TusResponses.withoutBody(
            request, HttpResponse.ok().header(HttpHeaders.CACHE_CONTROL, "no-store"));
    describeProgress(response, session);
    MetadataHeader.format(session.metadata())
        .ifPresent(text -> response.header(Tus.METADATA, text));
    ConcatHeader.format(session.policy(), files.path())
        .ifPresent(text -> response.header(Tus.CONCAT, text));
    return responses.expiring(response, session);
  }

  /**
   * A concatenation has no offset before it is done, and its length is not for the client to say.
   */
  private static void describeProgress(MutableHttpResponse<?> response, UploadSession session) {
    boolean waiting =
        session.policy() instanceof Concatenation && session.state() != UploadState.COMPLETE;
    if (!waiting) {
      TusResponses.offset(response, session.offset());
    }
    if (session.length().isPresent()) {
      response.header(Tus.LENGTH, Long.toString(session.length().getAsLong()));
    } else if (!waiting) {
      response.header(Tus.DEFER_LENGTH, "1");
    }
  }
}
