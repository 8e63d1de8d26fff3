package dev.upload.http.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.upload.core.model.Rejection;
import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A problem document (RFC 9457).
 *
 * @param type names the kind of problem
 * @param field of the request that is at fault
 * @param limit that was broken
 * @param offset at which an append has to begin
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    Optional<String> field,
    OptionalLong limit,
    OptionalLong offset) {

  private static final String TYPE_PREFIX = "urn:upload:problem:";

  /** Returns the problem that {@code rejection} is to a client of {@code dialect}. */
  public static Problem of(Rejection rejection, Dialect dialect) {
    return new Problem(
        TYPE_PREFIX + ProblemTable.kind(rejection),
        ProblemTable.title(rejection),
        ProblemTable.status(rejection, dialect),
        rejection.detail(),
        field(rejection),
        rejection instanceof Rejection.TooLarge large
            ? OptionalLong.of(large.limit())
            : OptionalLong.empty(),
        rejection instanceof Rejection.OffsetMismatch mismatch
            ? OptionalLong.of(mismatch.expected())
            : OptionalLong.empty());
  }

  /** Returns what a store that failed is to a client: nothing of the cause is told. */
  public static Problem storageUnavailable() {
    return new Problem(
        TYPE_PREFIX + "storage-unavailable",
        "Storage is unavailable",
        ProblemTable.STORAGE_UNAVAILABLE,
        "The storage did not do its work. Try again.",
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** Returns what a server that is about to end is to a client. */
  static Problem draining() {
    return new Problem(
        TYPE_PREFIX + "draining",
        "The server is about to end",
        ProblemTable.STORAGE_UNAVAILABLE,
        "Nothing new is taken any more. Try again soon.",
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** Returns what a version that is not spoken here is to a client. */
  static Problem unsupportedVersion(String detail) {
    return new Problem(
        TYPE_PREFIX + "unsupported-version",
        "Unsupported version",
        ProblemTable.UNSUPPORTED_VERSION,
        detail,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** Returns the problem that has nothing to say beyond its status. */
  static Problem ofStatus(int status, String detail) {
    String title = HttpStatus.getDefaultReason(status);
    return new Problem(
        "about:blank",
        title,
        status,
        detail,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private static Optional<String> field(Rejection rejection) {
    return switch (rejection) {
      case Rejection.TooLarge large -> Optional.of(large.field());
      case Rejection.Malformed malformed -> Optional.of(malformed.field());
      case Rejection.Inconsistent inconsistent -> Optional.of(inconsistent.field());
      case Rejection.Unauthenticated stranger -> Optional.empty();
      case Rejection.Forbidden forbidden -> Optional.empty();
      case Rejection.Throttled throttled -> Optional.empty();
      case Rejection.UnknownUpload unknown -> Optional.empty();
      case Rejection.Gone gone -> Optional.empty();
      case Rejection.WrongState state -> Optional.empty();
      case Rejection.OffsetMismatch mismatch -> Optional.empty();
      case Rejection.UnsupportedMediaType media -> Optional.empty();
      case Rejection.DigestMismatch mismatch -> Optional.empty();
      case Rejection.NotAppendable whole -> Optional.empty();
      case Rejection.Interrupted interrupted -> Optional.empty();
      case Rejection.Busy busy -> Optional.empty();
      case Rejection.StorageFull full -> Optional.empty();
    };
  }
}
