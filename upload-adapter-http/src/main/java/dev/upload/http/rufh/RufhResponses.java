package dev.upload.http.rufh;

import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.http.UploadAccess;
import dev.upload.http.UploadView;
import dev.upload.http.digest.DigestFields;
import dev.upload.http.files.FilesConfiguration;
import dev.upload.http.files.UploadUrls;
import dev.upload.http.structured.StructuredFields;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** What several kinds of answers have in common. */
@Singleton
final class RufhResponses {

  private final UploadUrls urls;
  private final LimitField limits;
  private final UploadAccess access;
  private final FilesConfiguration files;

  RufhResponses(UploadUrls urls, LimitField limits, UploadAccess access, FilesConfiguration files) {
    this.urls = urls;
    this.limits = limits;
    this.access = access;
    this.files = files;
  }

  /** Tells whoever creates an upload where it is, before its bytes are asked for. */
  void begun(RufhRequest request, UploadSession session) {
    request
        .interims()
        .begun(
            urls.of(request.http(), session.id()),
            limits.of(request.version(), request.uploads().limits(session), session));
  }

  /** Answers a creation. */
  MutableHttpResponse<?> created(HttpRequest<?> request, Interop version, UploadSession session) {
    if (session.state() == UploadState.COMPLETE) {
      return completed(request, version, session);
    }
    return progressed(
        limited(request, version, session, located(request, session, HttpStatus.CREATED)),
        version,
        session);
  }

  /** Answers an append: as the creation would have been that had brought everything. */
  MutableHttpResponse<?> appended(HttpRequest<?> request, Interop version, UploadSession session) {
    if (session.state() == UploadState.COMPLETE) {
      return completed(request, version, session);
    }
    HttpStatus status =
        version.has(Trait.APPENDS_CREATE) ? HttpStatus.CREATED : HttpStatus.NO_CONTENT;
    return progressed(HttpResponse.status(status), version, session);
  }

  private MutableHttpResponse<?> completed(
      HttpRequest<?> request, Interop version, UploadSession session) {
    MutableHttpResponse<?> response =
        located(request, session, HttpStatus.CREATED)
            .body(UploadView.of(session, files.path()))
            .contentType(MediaType.APPLICATION_JSON_TYPE);
    return progressed(digested(response, session), version, session);
  }

  private MutableHttpResponse<Object> located(
      HttpRequest<?> request, UploadSession session, HttpStatus status) {
    return at(session, request, HttpResponse.status(status));
  }

  /** Adds where {@code session} is. */
  <B> MutableHttpResponse<B> at(
      UploadSession session, HttpRequest<?> request, MutableHttpResponse<B> response) {
    return response.header(HttpHeaders.LOCATION, urls.of(request, session.id()));
  }

  private static MutableHttpResponse<?> progressed(
      MutableHttpResponse<?> response, Interop version, UploadSession session) {
    if (version.has(Trait.OFFSET_IN_ANSWERS)) {
      offset(response, session.offset());
    }
    return completeness(response, version, session.state() == UploadState.COMPLETE);
  }

  /** Adds where {@code session} is: what whoever asks for it is told. */
  MutableHttpResponse<?> described(
      HttpRequest<?> request,
      Interop version,
      UploadSession session,
      MutableHttpResponse<?> response) {
    offset(response, session.offset());
    session.length().ifPresent(length -> response.header(Rufh.LENGTH, Long.toString(length)));
    completeness(response, version, session.state() == UploadState.COMPLETE);
    return limited(request, version, session, digested(response, session));
  }

  /** Adds the digests of the whole that were asked for, once there are any. */
  private static MutableHttpResponse<?> digested(
      MutableHttpResponse<?> response, UploadSession session) {
    DigestFields.format(session.digests())
        .ifPresent(text -> response.header(DigestFields.REPRESENTATION, text));
    return response;
  }

  /** Adds what limits {@code session} has, where the version tells them. */
  MutableHttpResponse<?> limited(
      HttpRequest<?> request,
      Interop version,
      UploadSession session,
      MutableHttpResponse<?> response) {
    UploadLimits own = access.of(request).limits(session);
    limits.of(version, own, session).ifPresent(text -> response.header(Rufh.LIMIT, text));
    return response;
  }

  static MutableHttpResponse<?> offset(MutableHttpResponse<?> response, long offset) {
    return response.header(Rufh.OFFSET, Long.toString(offset));
  }

  /** Adds whether the upload is complete. */
  static MutableHttpResponse<?> completeness(
      MutableHttpResponse<?> response, Interop version, boolean complete) {
    return response.header(
        version.completenessField(), StructuredFields.format(version.completenessValue(complete)));
  }
}
