package dev.upload.http.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
 * @param expectedOffset the same, under the name that the registered type has for it
 * @param providedOffset at which the append would have begun
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
    OptionalLong offset,
    @JsonProperty("expected-offset") OptionalLong expectedOffset,
    @JsonProperty("provided-offset") OptionalLong providedOffset) {

  private Problem(String type, String title, int status, String detail) {
    this(
        type,
        title,
        status,
        detail,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** Returns the problem that {@code rejection} is to a client of {@code dialect}. */
  public static Problem of(Rejection rejection, Dialect dialect) {
    Optional<Rejection.OffsetMismatch> mismatch =
        Optional.of(rejection)
            .filter(Rejection.OffsetMismatch.class::isInstance)
            .map(Rejection.OffsetMismatch.class::cast);
    OptionalLong expected =
        mismatch.stream().mapToLong(Rejection.OffsetMismatch::expected).findAny();
    boolean registered = dialect == Dialect.IETF;
    return new Problem(
        ProblemTable.type(rejection, dialect),
        ProblemTable.title(rejection),
        ProblemTable.status(rejection, dialect),
        rejection.detail(),
        field(rejection),
        limit(rejection),
        expected,
        registered ? expected : OptionalLong.empty(),
        registered
            ? mismatch.stream().mapToLong(Rejection.OffsetMismatch::provided).findAny()
            : OptionalLong.empty());
  }

  /** Returns the same under a registered type. */
  public Problem ofType(String registered) {
    return new Problem(
        registered, title, status, detail, field, limit, offset, expectedOffset, providedOffset);
  }

  /** Returns what a store that failed is to a client: nothing of the cause is told. */
  public static Problem storageUnavailable() {
    return new Problem(
        ProblemTable.OWN_TYPES + "storage-unavailable",
        "Storage is unavailable",
        ProblemTable.STORAGE_UNAVAILABLE,
        "The storage did not do its work. Try again.");
  }

  /** Returns what a server that is about to end is to a client. */
  static Problem draining() {
    return new Problem(
        ProblemTable.OWN_TYPES + "draining",
        "The server is about to end",
        ProblemTable.STORAGE_UNAVAILABLE,
        "Nothing new is taken any more. Try again soon.");
  }

  /** Returns what a version that is not spoken here is to a client. */
  static Problem unsupportedVersion(String detail) {
    return new Problem(
        ProblemTable.OWN_TYPES + "unsupported-version",
        "Unsupported version",
        ProblemTable.UNSUPPORTED_VERSION,
        detail);
  }

  /** Returns the problem that has nothing to say beyond its status. */
  static Problem ofStatus(int status, String detail) {
    return new Problem("about:blank", HttpStatus.getDefaultReason(status), status, detail);
  }

  private static OptionalLong limit(Rejection rejection) {
    if (rejection instanceof Rejection.TooSmall small) {
      return OptionalLong.of(small.limit());
    }
    return rejection instanceof Rejection.TooLarge large
        ? OptionalLong.of(large.limit())
        : OptionalLong.empty();
  }

  private static Optional<String> field(Rejection rejection) {
    return switch (rejection) {
      case Rejection.TooLarge large -> Optional.of(large.field());
      case Rejection.TooSmall small -> Optional.of(small.field());
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
      case Rejection.Outdated outdated -> Optional.empty();
      case Rejection.Busy busy -> Optional.empty();
      case Rejection.StorageFull full -> Optional.empty();
    };
  }
}
