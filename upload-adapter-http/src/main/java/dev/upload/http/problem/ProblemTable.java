package dev.upload.http.problem;

import dev.upload.core.model.Rejection;
import java.util.Optional;

/** The one place that decides which status a refusal has. */
public final class ProblemTable {

  /** A store that failed: never 500, which is final to clients that could try again. */
  static final int STORAGE_UNAVAILABLE = 503;

  /**
   * Whatever the client: a browser then asks its user, and knows the answer for whatever follows.
   */
  static final int UNAUTHENTICATED = 401;

  /** A version of a protocol that is not spoken here: what tus says. */
  static final int UNSUPPORTED_VERSION = 412;

  /** What the types of our own problems begin with. */
  static final String OWN_TYPES = "urn:upload:problem:";

  /** Where HTTP's problem types are registered. */
  private static final String REGISTRY = "https://iana.org/assignments/http-problem-types#";

  private ProblemTable() {}

  /** Returns the status of {@code rejection} for a client that speaks {@code dialect}. */
  public static int status(Rejection rejection, Dialect dialect) {
    return switch (rejection) {
      case Rejection.Unauthenticated stranger -> UNAUTHENTICATED;
      case Rejection.Forbidden forbidden -> each(dialect, 400, 404, 403, 403, 403);
      case Rejection.Throttled throttled -> 503;
      case Rejection.UnknownUpload unknown -> 404;
      case Rejection.Gone gone -> each(dialect, 404, 404, 410, 404, 410);
      case Rejection.WrongState state -> each(dialect, 400, 404, 409, 400, 409);
      case Rejection.OffsetMismatch mismatch -> each(dialect, 400, 400, 409, 409, 409);
      case Rejection.TooLarge large -> each(dialect, 400, 413, 413, 413, 413);
      case Rejection.TooSmall small -> 400;
      case Rejection.Malformed malformed -> 400;
      case Rejection.Inconsistent inconsistent -> 400;
      case Rejection.UnsupportedMediaType media -> 415;
      case Rejection.DigestMismatch mismatch -> each(dialect, 422, 422, 460, 400, 400);
      case Rejection.NotAppendable whole -> each(dialect, 400, 404, 403, 403, 403);
      case Rejection.Interrupted interrupted -> each(dialect, 423, 423, 423, 503, 423);
      case Rejection.Outdated outdated -> each(dialect, 423, 423, 423, 503, 423);
      case Rejection.Busy busy -> each(dialect, 423, 423, 423, 503, 423);
      case Rejection.StorageFull full -> 507;
    };
  }

  private static int each(
      Dialect dialect, int resumableJs, int flowJs, int tus, int ietf, int plain) {
    return switch (dialect) {
      case RESUMABLE_JS -> resumableJs;
      case FLOW_JS -> flowJs;
      case TUS -> tus;
      case IETF -> ietf;
      case PLAIN -> plain;
    };
  }

  /** Returns the problem's type: a registered one where the dialect has one. */
  static String type(Rejection rejection, Dialect dialect) {
    return dialect == Dialect.IETF
        ? registered(rejection).map(name -> REGISTRY + name).orElse(OWN_TYPES + kind(rejection))
        : OWN_TYPES + kind(rejection);
  }

  private static Optional<String> registered(Rejection rejection) {
    if (rejection instanceof Rejection.OffsetMismatch) {
      return Optional.of("mismatching-upload-offset");
    }
    return rejection instanceof Rejection.Inconsistent inconsistent
            && inconsistent.field().equals("Upload-Length")
        ? Optional.of("inconsistent-upload-length")
        : Optional.empty();
  }

  /** Returns the last part of the problem's type, which names its kind for programs. */
  private static String kind(Rejection rejection) {
    return switch (rejection) {
      case Rejection.Unauthenticated stranger -> "unauthenticated";
      case Rejection.Forbidden forbidden -> "forbidden";
      case Rejection.Throttled throttled -> "throttled";
      case Rejection.UnknownUpload unknown -> "unknown-upload";
      case Rejection.Gone gone -> "gone";
      case Rejection.WrongState state -> "wrong-state";
      case Rejection.OffsetMismatch mismatch -> "offset-mismatch";
      case Rejection.TooLarge large -> "too-large";
      case Rejection.TooSmall small -> "too-small";
      case Rejection.Malformed malformed -> "malformed";
      case Rejection.Inconsistent inconsistent -> "inconsistent";
      case Rejection.UnsupportedMediaType media -> "unsupported-media-type";
      case Rejection.DigestMismatch mismatch -> "digest-mismatch";
      case Rejection.NotAppendable whole -> "not-appendable";
      case Rejection.Interrupted interrupted -> "interrupted";
      case Rejection.Outdated outdated -> "outdated";
      case Rejection.Busy busy -> "busy";
      case Rejection.StorageFull full -> "storage-full";
    };
  }

  /** Returns the problem's title: the same for all of a kind. */
  static String title(Rejection rejection) {
    return switch (rejection) {
      case Rejection.Unauthenticated stranger -> "Not signed in";
      case Rejection.Forbidden forbidden -> "Not permitted";
      case Rejection.Throttled throttled -> "Too much at once";
      case Rejection.UnknownUpload unknown -> "Unknown upload";
      case Rejection.Gone gone -> "Upload is gone";
      case Rejection.WrongState state -> "Not possible in this state";
      case Rejection.OffsetMismatch mismatch -> "Offset mismatch";
      case Rejection.TooLarge large -> "Too large";
      case Rejection.TooSmall small -> "Too small";
      case Rejection.Malformed malformed -> "Malformed request";
      case Rejection.Inconsistent inconsistent -> "Inconsistent request";
      case Rejection.UnsupportedMediaType media -> "Unsupported media type";
      case Rejection.DigestMismatch mismatch -> "Digest mismatch";
      case Rejection.NotAppendable whole -> "Nothing can be appended";
      case Rejection.Interrupted interrupted -> "Body was cut off";
      case Rejection.Outdated outdated -> "Newer request";
      case Rejection.Busy busy -> "Busy";
      case Rejection.StorageFull full -> "Storage is full";
    };
  }
}
