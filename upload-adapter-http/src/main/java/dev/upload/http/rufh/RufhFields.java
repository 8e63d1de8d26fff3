package dev.upload.http.rufh;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.http.structured.StructuredFields;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the fields of a request say. One of another type than it should have is as good as absent.
 *
 * @param version that the request is of
 */
record RufhFields(HttpHeaders headers, Interop version) {

  static RufhFields of(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    return new RufhFields(headers, Interop.of(StructuredFields.integer(headers, Rufh.VERSION)));
  }

  /** Tells whether nothing follows the bytes of this request; empty if it does not say. */
  Optional<Boolean> last() {
    return StructuredFields.flag(headers, version.completenessField())
        .map(version::completenessValue);
  }

  /**
   * Returns whether nothing follows the bytes of this request.
   *
   * @param unsaid what holds if it does not say; empty if it has to
   */
  boolean requireLast(Optional<Boolean> unsaid) {
    return last()
        .or(() -> unsaid)
        .orElseThrow(
            () -> malformed(version.completenessField(), "it is not there, or no boolean"));
  }

  OptionalLong offset() {
    return StructuredFields.integer(headers, Rufh.OFFSET);
  }

  OptionalLong length() {
    return StructuredFields.integer(headers, Rufh.LENGTH);
  }

  /** Returns how many bytes the request has, if it says so before them. */
  OptionalLong contentLength() {
    return headers.contentLength();
  }

  /** Refuses a question that has fields of an append, where its version does not permit that. */
  void requireBare(boolean length) {
    Stream<String> forbidden =
        version.has(Trait.BARE_QUESTIONS)
            ? Stream.of(Rufh.OFFSET, version.completenessField())
            : Stream.empty();
    Stream<String> alsoForbidden =
        length && version.has(Trait.QUESTIONS_WITHOUT_LENGTH)
            ? Stream.of(Rufh.LENGTH)
            : Stream.empty();
    Stream.concat(forbidden, alsoForbidden)
        .filter(headers::contains)
        .findFirst()
        .ifPresent(
            field -> {
              throw malformed(field, "such a request has none");
            });
  }

  static UploadRejectedException malformed(String field, String reason) {
    return new UploadRejectedException(new Rejection.Malformed(field, reason));
  }
}
