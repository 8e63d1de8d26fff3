package dev.upload.http.rufh;

import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.http.body.RawBody;
import jakarta.inject.Singleton;
import java.util.OptionalLong;

/** Brings the bytes of a request to their upload. */
@Singleton
final class Reception {

  /**
   * Returns the upload with what came.
   *
   * @throws UploadRejectedException with {@code Interrupted} also if only a part of the bytes came:
   *     they count, but nobody is told that the request did what it was for
   */
  UploadSession receive(RufhRequest request, UploadSession session, long offset, boolean last) {
    requireWithinLength(request, session, offset);
    Chunk chunk = new Chunk(offset, request.fields().contentLength(), last);
    try {
      UploadSession after =
          request.uploads().receive(session.id(), chunk, new RawBody(request.bytes()));
      requireAll(request, after, offset);
      return after;
    } catch (UploadRejectedException refused) {
      if (isOverrun(refused.rejection(), session, offset)) {
        throw overrun(request, session);
      }
      throw refused;
    }
  }

  private static void requireWithinLength(RufhRequest request, UploadSession session, long offset) {
    OptionalLong end = DeclaredLength.end(request.fields(), offset);
    if (end.isEmpty()) {
      return;
    }
    if (session.length().isEmpty()) {
      request.uploads().limits().admitLength("Upload-Offset + Content-Length", end.getAsLong());
    } else if (end.getAsLong() > session.length().getAsLong()) {
      throw overrun(request, session);
    }
  }

  /** Tells whether a body of unknown length was refused because it went on behind the length. */
  private static boolean isOverrun(Rejection rejection, UploadSession session, long offset) {
    return rejection instanceof Rejection.TooLarge large
        && large.field().equals("body")
        && session.length().isPresent()
        && large.limit() == session.length().getAsLong() - offset;
  }

  /** What is longer than its client has said is not what anybody meant: it ends. */
  private static UploadRejectedException overrun(RufhRequest request, UploadSession session) {
    if (request.version().has(Trait.OVERRUN_ENDS)) {
      request.uploads().withdraw(session.id());
    }
    return DeclaredLength.inconsistent(
        "it is %d, and more bytes were sent".formatted(session.length().orElse(0)));
  }

  private static void requireAll(RufhRequest request, UploadSession after, long offset) {
    if (request.bytes().truncated() && after.state() != UploadState.COMPLETE) {
      long received = after.offset() - offset;
      throw new UploadRejectedException(
          new Rejection.Interrupted(
              request.fields().contentLength().orElse(received + 1), received));
    }
  }
}
