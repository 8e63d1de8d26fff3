package dev.upload.http.tus;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.Concatenation;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.http.UploadAccess;
import dev.upload.http.UploadLookup;
import dev.upload.http.body.RequestBytes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.OptionalLong;

/** PATCH: brings the next bytes of an upload, or says how long it is, or both. */
@Singleton
final class Append {

  private static final String END = Tus.OFFSET + " + Content-Length";

  private final UploadAccess access;
  private final TusResponses responses;

  Append(UploadAccess access, TusResponses responses) {
    this.access = access;
    this.responses = responses;
  }

  MutableHttpResponse<?> answer(HttpRequest<?> request, String id, RequestBytes bytes) {
    return access.<MutableHttpResponse<?>>inTurn(id, () -> answered(request, id, bytes));
  }

  private MutableHttpResponse<?> answered(HttpRequest<?> request, String id, RequestBytes bytes) {
    AuthorizedUploads uploads = access.of(request);
    AppendedBytes appended = AppendedBytes.of(request);
    RequestFields fields = RequestFields.of(request);
    OptionalLong length = fields.number(Tus.LENGTH);
    long offset =
        fields
            .number(Tus.OFFSET)
            .orElseThrow(() -> RequestFields.malformed(Tus.OFFSET, "it is missing"));
    UploadSession session = UploadLookup.require(uploads, id);
    if (session.policy() instanceof Concatenation) {
      throw new UploadRejectedException(new Rejection.NotAppendable());
    }
    if (session.policy() instanceof ChunkGrid) { // which would take a chunk anywhere
      session.requireOffset(offset);
    }
    if (length.isPresent()) {
      session = declare(uploads, session.id(), offset, length.getAsLong(), appended);
    }
    return responses.appended(
        append(uploads, session, offset, appended, appended.body(request, bytes)));
  }

  /**
   * A request that contradicts itself or the upload changes nothing, so that is looked at first.
   * The length counts before the bytes: a client that is cut off has said it, and does not say it
   * again.
   */
  private static UploadSession declare(
      AuthorizedUploads uploads, UploadId id, long offset, long length, AppendedBytes appended) {
    UploadSession settled = uploads.settle(id).orElseThrow(UploadLookup::unknown);
    settled.requireOffset(offset);
    long more = appended.length().orElse(0);
    if (length >= offset && more > length - offset) {
      throw new UploadRejectedException(new Rejection.TooLarge(END, length, offset + more));
    }
    if (appended.length().isPresent() && more == 0) {
      appended.requireChecksumOfNothing();
    }
    return uploads.declareLength(id, length);
  }

  /**
   * Appends to {@code session}, and returns what it is then.
   *
   * @throws UploadRejectedException with {@code Interrupted} also if only a part of the bytes came:
   *     they count, but nobody is told that the request did what it was for
   */
  UploadSession append(
      AuthorizedUploads uploads,
      UploadSession session,
      long offset,
      AppendedBytes appended,
      AppendedBytes.Body body) {
    if (session.state() == UploadState.COMPLETE) {
      return repeated(session, offset, appended, body);
    }
    try {
      UploadSession after =
          uploads.receive(session.id(), chunk(uploads, session, offset, appended), body.checked());
      requireAll(after, offset, appended, body);
      return after;
    } catch (UploadRejectedException refused) {
      if (refused.rejection() instanceof Rejection.WrongState) { // somebody else has finished it
        UploadSession now = uploads.describe(session.id()).orElseThrow(UploadLookup::unknown);
        return repeated(now, offset, appended, body);
      }
      throw refused;
    }
  }

  private static Chunk chunk(
      AuthorizedUploads uploads, UploadSession session, long offset, AppendedBytes appended) {
    if (appended.length().isEmpty()) {
      return Chunk.openEnded(offset);
    }
    long length = Math.min(appended.length().getAsLong(), Long.MAX_VALUE - offset);
    if (session.length().isEmpty() && offset == session.offset()) {
      uploads.limits(session).admitLength(END, offset + length);
    }
    return new Chunk(offset, OptionalLong.of(length), false);
  }

  /** Somebody whose answer was lost may ask for it again, but brings nothing new. */
  private static UploadSession repeated(
      UploadSession session, long offset, AppendedBytes appended, AppendedBytes.Body body) {
    session.requireOffset(offset);
    boolean surplus =
        appended.length().isPresent()
            ? appended.length().getAsLong() > 0
            : body.bytes().next().isReadable();
    if (surplus) {
      long end = offset + Math.max(1, appended.length().orElse(1));
      throw new UploadRejectedException(new Rejection.TooLarge(END, offset, end));
    }
    return session;
  }

  private static void requireAll(
      UploadSession after, long offset, AppendedBytes appended, AppendedBytes.Body body) {
    if (body.bytes().truncated() && after.state() != UploadState.COMPLETE) {
      long received = after.offset() - offset;
      throw new UploadRejectedException(
          new Rejection.Interrupted(appended.length().orElse(received + 1), received));
    }
  }
}
