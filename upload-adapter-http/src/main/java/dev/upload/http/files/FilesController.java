package dev.upload.http.files;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.http.RequestMarks;
import dev.upload.http.UploadAccess;
import dev.upload.http.UploadLookup;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.RouteCondition;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finished uploads, and the end of unfinished ones. Reading takes no lease.
 *
 * <p>A file is never shown in place: it is a stranger's, and would run in this server's origin.
 */
@Controller(FilesConfiguration.PATH_PLACEHOLDER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class FilesController {

  /**
   * A request that overrides its method is a protocol's. Expressions call it so, which is why
   * parameters cannot.
   */
  private static final String AS_IT_IS = "#{!T(dev.upload.http.RequestMarks).overridden(request)}";

  /** So is a HEAD or DELETE that names a version. */
  private static final String OF_NO_PROTOCOL =
      "#{!T(dev.upload.http.RequestMarks).claimed(request)}";

  private final UploadAccess access;
  private final Resumption resumption;

  FilesController(UploadAccess access, Resumption resumption) {
    this.access = access;
    this.resumption = resumption;
  }

  /**
   * An upload that is not finished is 409: it is there, but has no file yet. Who says that he would
   * go on with it is told how.
   */
  @Get(uri = "/{id}", produces = MediaType.ALL, headRoute = false)
  @RouteCondition(AS_IT_IS)
  HttpResponse<?> get(HttpRequest<?> incoming, @PathVariable String id) {
    return RequestMarks.resumable(incoming)
        ? refusable(incoming, id, () -> found(incoming, id))
        : found(incoming, id);
  }

  private HttpResponse<?> found(HttpRequest<?> incoming, String id) {
    AuthorizedUploads uploads = access.of(incoming);
    UploadSession session = toRead(uploads, id);
    return session.state() != UploadState.COMPLETE && RequestMarks.resumable(incoming)
        ? resumption.answer(incoming, id)
        : file(incoming, uploads, session);
  }

  private static UploadSession toRead(AuthorizedUploads uploads, String id) {
    return uploads.describeToRead(UploadId.parse(id)).orElseThrow(UploadLookup::unknown);
  }

  private HttpResponse<?> file(
      HttpRequest<?> incoming, AuthorizedUploads uploads, UploadSession session) {
    if (session.state() != UploadState.COMPLETE) {
      throw new UploadRejectedException(new Rejection.WrongState("The upload is not finished."));
    }
    Validators validators = Validators.of(session);
    return switch (validators.evaluate(incoming.getHeaders())) {
      case NOT_MODIFIED -> validated(HttpResponse.notModified(), validators);
      case FAILED -> validated(HttpResponse.status(HttpStatus.PRECONDITION_FAILED), validators);
      case PROCEED -> {
        MutableHttpResponse<?> response =
            described(content(incoming, uploads, session, validators), session, validators);
        resumption.describe(incoming, session, response);
        yield response;
      }
    };
  }

  /** Who asks for an upload that is not finished is told how to go on with it. */
  @Head("/{id}")
  @RouteCondition(OF_NO_PROTOCOL)
  HttpResponse<?> head(HttpRequest<?> incoming, @PathVariable String id) {
    return refusable(incoming, id, () -> asked(incoming, id));
  }

  private HttpResponse<?> asked(HttpRequest<?> incoming, String id) {
    AuthorizedUploads uploads = access.of(incoming);
    Optional<UploadSession> described = described(uploads, id);
    if (described.filter(session -> session.state() != UploadState.COMPLETE).isPresent()) {
      return resumption.answer(incoming, id);
    }
    return file(
        incoming, uploads, described.map(uploads::toRead).orElseGet(() -> toRead(uploads, id)));
  }

  /**
   * Does {@code work}. A client that would go on with an upload may not know that a protocol is
   * spoken here; it still has to understand that it was refused for now only.
   */
  private HttpResponse<?> refusable(
      HttpRequest<?> request, String id, Supplier<HttpResponse<?>> work) {
    try {
      return work.get();
    } catch (UploadRejectedException refused) {
      if (!goesOn(request, id)) {
        throw refused;
      }
      return resumption.refusal(request, refused.rejection());
    }
  }

  private boolean goesOn(HttpRequest<?> request, String id) {
    try {
      return access
          .of(request)
          .recorded(UploadId.parse(id))
          .filter(session -> session.state() == UploadState.OPEN)
          .isPresent();
    } catch (UploadRejectedException e) {
      return false;
    }
  }

  /** One that may only be read is looked at by who reads it. */
  private static Optional<UploadSession> described(AuthorizedUploads uploads, String id) {
    try {
      return uploads.describe(UploadId.parse(id));
    } catch (UploadRejectedException e) {
      return Optional.empty();
    }
  }

  /** Gives an unfinished upload up. A finished one is 409. */
  @Delete(uri = "/{id}", consumes = MediaType.ALL, produces = MediaType.ALL)
  @RouteCondition(OF_NO_PROTOCOL)
  HttpResponse<?> cancel(HttpRequest<?> incoming, @PathVariable String id) {
    return refusable(
        incoming,
        id,
        () -> {
          access.of(incoming).cancel(UploadId.parse(id));
          return HttpResponse.noContent();
        });
  }

  private static MutableHttpResponse<?> content(
      HttpRequest<?> request,
      AuthorizedUploads uploads,
      UploadSession session,
      Validators validators) {
    long length = session.length().orElse(session.received().total());
    ByteRange whole = ByteRange.at(0, length);
    if (request.getMethod() == HttpMethod.HEAD) {
      return HttpResponse.ok().contentLength(length);
    }
    return switch (range(request, validators, length)) {
      case RangeRequest.Whole all -> sending(HttpResponse.ok(), uploads, session, whole);
      case RangeRequest.Part part ->
          sending(
              HttpResponse.status(HttpStatus.PARTIAL_CONTENT)
                  .header(
                      HttpHeaders.CONTENT_RANGE,
                      "bytes %d-%d/%d"
                          .formatted(part.range().start(), part.range().end() - 1, length)),
              uploads,
              session,
              part.range());
      case RangeRequest.Unsatisfiable no ->
          HttpResponse.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
              .header(HttpHeaders.CONTENT_RANGE, "bytes */" + length);
    };
  }

  private static RangeRequest range(HttpRequest<?> request, Validators validators, long length) {
    String range = request.getHeaders().get(HttpHeaders.RANGE);
    return range == null || !validators.rangeApplies(request.getHeaders())
        ? new RangeRequest.Whole()
        : RangeRequest.parse(range, length);
  }

  private static MutableHttpResponse<?> sending(
      MutableHttpResponse<?> response,
      AuthorizedUploads uploads,
      UploadSession session,
      ByteRange range) {
    return response
        .contentLength(range.length())
        .body(new FileContent(uploads.read(session, range), range.length()));
  }

  private static MutableHttpResponse<?> described(
      MutableHttpResponse<?> response, UploadSession session, Validators validators) {
    Attachment.contentCodings(session)
        .ifPresent(codings -> response.header(HttpHeaders.CONTENT_ENCODING, codings));
    return validated(response, validators)
        .contentType(Attachment.contentType(session))
        .header(HttpHeaders.ACCEPT_RANGES, "bytes")
        .header(HttpHeaders.CONTENT_DISPOSITION, Attachment.disposition(session))
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "sandbox; default-src 'none'");
  }

  private static MutableHttpResponse<?> validated(
      MutableHttpResponse<?> response, Validators validators) {
    return response
        .header(HttpHeaders.ETAG, validators.etag())
        .header(HttpHeaders.LAST_MODIFIED, validators.lastModifiedText())
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
  }
}
