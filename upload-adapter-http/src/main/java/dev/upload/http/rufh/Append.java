package dev.upload.http.rufh;

import dev.upload.core.model.Concatenation;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.http.RequestMarks;
import dev.upload.http.UploadLookup;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.OptionalLong;

/** PATCH: brings the next bytes of an upload, or says that nothing follows, or both. */
@Singleton
final class Append {

  private final Reception reception;
  private final RufhResponses responses;

  Append(Reception reception, RufhResponses responses) {
    this.reception = reception;
    this.responses = responses;
  }

  MutableHttpResponse<?> answer(RufhRequest request, String id) {
    requireType(request);
    long offset =
        request
            .fields()
            .offset()
            .orElseThrow(() -> RufhFields.malformed(Rufh.OFFSET, "it is not there, or no number"));
    boolean last = request.fields().requireLast(request.version().unsaidCompleteness());
    UploadSession session = UploadLookup.requireSettled(request.uploads(), id);
    if (session.policy() instanceof Concatenation) {
      throw new UploadRejectedException(new Rejection.NotAppendable());
    }
    session.requireOffset(offset);
    UploadSession after =
        session.state() == UploadState.COMPLETE
            ? repeated(request, session, last)
            : appended(request, session, last);
    return responses.appended(request.http(), request.version(), after);
  }

  /** An upload by tus is complete as soon as its length is known and reached. */
  private UploadSession appended(RufhRequest request, UploadSession session, boolean last) {
    long offset = session.offset();
    UploadSession measured = measured(request, session, offset, last);
    if (measured.state() == UploadState.COMPLETE) {
      return measured;
    }
    try {
      return reception.receive(request, measured, offset, last);
    } catch (UploadRejectedException refused) {
      if (refused.rejection() instanceof Rejection.WrongState) { // somebody else has finished it
        return repeated(request, finished(request, measured, refused), last);
      }
      throw refused;
    }
  }

  private static UploadSession finished(
      RufhRequest request, UploadSession before, UploadRejectedException refused) {
    UploadSession now = UploadLookup.require(request.uploads(), before.id());
    if (now.state() != UploadState.COMPLETE) {
      throw refused;
    }
    now.requireOffset(before.offset());
    return now;
  }

  private static void requireType(RufhRequest request) {
    if (request.version().has(Trait.APPEND_TYPE) && !RequestMarks.isPartialUpload(request.http())) {
      throw new UploadRejectedException(
          new Rejection.UnsupportedMediaType(
              "What is appended is of type %s.".formatted(Rufh.MEDIA_TYPE)));
    }
    if (request.version().has(Trait.APPEND_TYPE) && RequestMarks.coded(request.http())) {
      throw new UploadRejectedException(
          new Rejection.UnsupportedMediaType("What is appended is not coded by itself."));
    }
  }

  /**
   * Records the length if it was not known. It counts before the bytes: a client that is cut off
   * has said it, and need not say it again.
   */
  private static UploadSession measured(
      RufhRequest request, UploadSession session, long offset, boolean last) {
    long end = DeclaredLength.end(request.fields(), offset).orElse(0);
    if (end > session.length().orElse(Long.MAX_VALUE)) {
      return session; // which is refused later, whatever else the request says
    }
    OptionalLong said = DeclaredLength.of(request.fields(), offset, last);
    if (said.isEmpty()) {
      return session;
    }
    if (session.length().isEmpty()) {
      return request.uploads().declareLength(session.id(), said.getAsLong());
    }
    if (said.getAsLong() != session.length().getAsLong()) {
      throw DeclaredLength.inconsistent("it is %d already".formatted(session.length().getAsLong()));
    }
    return session;
  }

  /** Somebody whose answer was lost may ask for it again, but brings nothing new. */
  private static UploadSession repeated(RufhRequest request, UploadSession session, boolean last) {
    boolean surplus = request.bringsBytes();
    if (surplus && request.version().has(Trait.SURPLUS_IS_INCONSISTENT)) {
      throw DeclaredLength.inconsistent("the upload is complete, and more bytes were sent");
    }
    if (surplus || !last || request.version().has(Trait.COMPLETED_IS_PROBLEM)) {
      throw new UploadRejectedException(new Rejection.WrongState("The upload is complete."));
    }
    return session;
  }
}
