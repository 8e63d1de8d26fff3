package dev.upload.http.files;

import dev.upload.core.model.UploadSession;
import dev.upload.http.HttpDate;
import io.micronaut.http.HttpHeaders;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * What tells one version of a file from another (RFC 9110, sections 8.8 and 13). An upload's id may
 * come again after it was given up, so the time of its creation is part of the tag.
 */
record Validators(String etag, Instant lastModified) {

  /** What the conditions of a request come to. */
  enum Outcome {
    PROCEED,
    NOT_MODIFIED,
    FAILED
  }

  static Validators of(UploadSession session) {
    String etag =
        "\"%s-%x-%x\""
            .formatted(
                session.id(),
                session.length().orElse(0),
                session.declaration().createdAt().toEpochMilli());
    return new Validators(etag, session.touchedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  String lastModifiedText() {
    return HttpDate.format(lastModified);
  }

  /** Evaluates the conditions in the order of section 13.2.2. */
  Outcome evaluate(HttpHeaders headers) {
    Optional<String> ifMatch = tags(headers, HttpHeaders.IF_MATCH);
    if (ifMatch.isPresent()
        ? !matches(ifMatch.get(), false)
        : modifiedAfter(headers, HttpHeaders.IF_UNMODIFIED_SINCE)) {
      return Outcome.FAILED;
    }
    Optional<String> ifNoneMatch = tags(headers, HttpHeaders.IF_NONE_MATCH);
    boolean unchanged =
        ifNoneMatch.isPresent()
            ? matches(ifNoneMatch.get(), true)
            : date(headers, HttpHeaders.IF_MODIFIED_SINCE)
                .filter(date -> !lastModified.isAfter(date))
                .isPresent();
    return unchanged ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
  }

  /** Tells whether a Range applies: it does not where If-Range names another version. */
  boolean rangeApplies(HttpHeaders headers) {
    return header(headers, HttpHeaders.IF_RANGE)
        .map(
            value ->
                value.equals(etag)
                    || HttpDate.parse(value).filter(lastModified::equals).isPresent())
        .orElse(true);
  }

  private boolean matches(String list, boolean weakly) {
    return list.strip().equals("*")
        || Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .map(tag -> weakly && tag.startsWith("W/") ? tag.substring(2) : tag)
            .anyMatch(etag::equals);
  }

  private boolean modifiedAfter(HttpHeaders headers, String name) {
    return date(headers, name).filter(lastModified::isAfter).isPresent();
  }

  /** What is no date is ignored. */
  private static Optional<Instant> date(HttpHeaders headers, String name) {
    return header(headers, name).flatMap(HttpDate::parse);
  }

  /** Returns a list that may be spread over several lines (RFC 9110, section 5.3) as one. */
  private static Optional<String> tags(HttpHeaders headers, String name) {
    return headers.getAll(name).stream().reduce((first, second) -> first + "," + second);
  }

  private static Optional<String> header(HttpHeaders headers, String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
