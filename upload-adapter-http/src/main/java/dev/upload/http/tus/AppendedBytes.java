package dev.upload.http.tus;

import dev.upload.core.DigestCalculation;
import dev.upload.core.DigestedBody;
import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.port.ChunkBody;
import dev.upload.http.RequestMarks;
import dev.upload.http.body.RawBody;
import dev.upload.http.body.RequestBytes;
import dev.upload.http.body.RequestTrailers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The bytes that a request appends, and what it says of them. Everything that headers can have
 * wrong is refused before a byte is asked for.
 *
 * @param length how many there are; empty if the request does not say
 * @param checksum of them; empty if there is none, or it comes behind them
 * @param checksumFollows whether it comes behind them
 */
record AppendedBytes(OptionalLong length, Optional<Digest> checksum, boolean checksumFollows) {

  /** Tells whether the body of a request is something to append. */
  static boolean areIn(HttpRequest<?> request) {
    String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
    return type != null
        && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(Tus.MEDIA_TYPE);
  }

  /** Reads the headers of a request that appends. */
  static AppendedBytes of(HttpRequest<?> request) {
    if (!areIn(request)) {
      throw unsupported("What is appended is of type %s.".formatted(Tus.MEDIA_TYPE));
    }
    if (RequestMarks.coded(request)) {
      throw unsupported("What is appended is not encoded.");
    }
    Optional<Digest> checksum =
        RequestFields.of(request).text(Tus.CHECKSUM).map(ChecksumHeader::parse);
    boolean follows = RequestTrailers.announced(request, Tus.CHECKSUM);
    if (follows && checksum.isPresent()) {
      throw RequestFields.malformed(Tus.CHECKSUM, "it is a header and announced as a trailer");
    }
    return new AppendedBytes(request.getHeaders().contentLength(), checksum, follows);
  }

  /**
   * The bytes themselves.
   *
   * @param bytes as they arrive
   * @param checked the same, held to their checksum
   */
  record Body(RequestBytes bytes, ChunkBody checked) {}

  /** Returns the bytes as the core takes them. */
  Body body(HttpRequest<?> request, RequestBytes bytes) {
    RawBody raw = new RawBody(bytes);
    if (checksumFollows) {
      // which algorithm it will be is not said before
      return new Body(
          bytes,
          new DigestedBody(
              raw, EnumSet.allOf(DigestAlgorithm.class), () -> List.of(trailingChecksum(request))));
    }
    return new Body(
        bytes,
        checksum.isPresent()
            ? new DigestedBody(raw, Set.of(checksum.get().algorithm()), checksum.stream()::toList)
            : raw);
  }

  /** Refuses a checksum of other bytes than none. */
  void requireChecksumOfNothing() {
    checksum
        .filter(said -> !DigestCalculation.of(said.algorithm()).digest().equals(said))
        .ifPresent(
            said -> {
              throw new UploadRejectedException(new Rejection.DigestMismatch(said.algorithm()));
            });
  }

  private static Digest trailingChecksum(HttpRequest<?> request) {
    return RequestTrailers.find(request, Tus.CHECKSUM)
        .map(ChecksumHeader::parse)
        .orElseThrow(
            () -> RequestFields.malformed(Tus.CHECKSUM, "it was announced and did not come"));
  }

  private static UploadRejectedException unsupported(String detail) {
    return new UploadRejectedException(new Rejection.UnsupportedMediaType(detail));
  }
}
