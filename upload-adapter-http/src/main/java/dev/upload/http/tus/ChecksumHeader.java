package dev.upload.http.tus;

import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code Upload-Checksum}: an algorithm and a digest in base64. */
final class ChecksumHeader {

  /** The algorithms' names, for OPTIONS. */
  static final String ALGORITHMS =
      Arrays.stream(DigestAlgorithm.values())
          .map(ChecksumHeader::wireName)
          .collect(Collectors.joining(","));

  private ChecksumHeader() {}

  /**
   * Reads a header or a trailer.
   *
   * @throws UploadRejectedException if it cannot be read, or its algorithm is not known; with
   *     {@code DigestMismatch} if no bytes have such a digest
   */
  static Digest parse(String text) {
    String[] nameAndValue = text.strip().split(" ", 2);
    if (nameAndValue.length < 2) {
      throw RequestFields.malformed(Tus.CHECKSUM, "it is not an algorithm and a checksum");
    }
    DigestAlgorithm algorithm = algorithm(nameAndValue[0]);
    byte[] value = decoded(nameAndValue[1].strip());
    if (value.length != algorithm.bytes()) {
      throw new UploadRejectedException(new Rejection.DigestMismatch(algorithm));
    }
    return new Digest(algorithm, value);
  }

  private static DigestAlgorithm algorithm(String name) {
    return Arrays.stream(DigestAlgorithm.values())
        .filter(algorithm -> wireName(algorithm).equals(name))
        .findFirst()
        .orElseThrow(
            () -> RequestFields.malformed(Tus.CHECKSUM, "its algorithm is none of " + ALGORITHMS));
  }

  private static byte[] decoded(String value) {
    try {
      return Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException e) {
      throw RequestFields.malformed(Tus.CHECKSUM, "its checksum is not base64");
    }
  }

  private static String wireName(DigestAlgorithm algorithm) {
    return algorithm.name().toLowerCase(Locale.ROOT);
  }
}
