package dev.upload.http.digest;

import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.http.structured.Dictionaries;
import io.micronaut.http.HttpHeaders;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads digest fields, and writes them. Of the algorithms only those two count that are good for
 * more than accidents; fields without any of them are as good as absent.
 */
public final class DigestFields {

  /** Of the bytes that one request brings. */
  public static final String CONTENT = "Content-Digest";

  /** Of the whole file. */
  public static final String REPRESENTATION = "Repr-Digest";

  /** Which digests of the whole file are wanted in an answer. */
  public static final String WANTED = "Want-Repr-Digest";

  /** What the fields know. */
  public static final Set<DigestAlgorithm> ALGORITHMS =
      Set.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA512);

  private static final String SHA_256 = "sha-256";
  private static final String SHA_512 = "sha-512";
  private static final Set<String> KEYS = Set.of(SHA_256, SHA_512);

  private static final int MOST_WANTED = 10;

  private DigestFields() {}

  /**
   * Reads {@value CONTENT} or {@value REPRESENTATION}.
   *
   * @throws UploadRejectedException with {@code DigestMismatch} if no bytes have such a digest
   */
  public static List<Digest> digests(HttpHeaders headers, String name) {
    return digests(headers.getAll(name));
  }

  /**
   * Reads the lines of such a field, wherever they were.
   *
   * @throws UploadRejectedException with {@code DigestMismatch} if no bytes have such a digest
   */
  public static List<Digest> digests(Collection<String> lines) {
    return Dictionaries.bytes(lines, KEYS).entrySet().stream()
        .map(member -> digest(algorithm(member.getKey()), member.getValue()))
        .toList();
  }

  private static Digest digest(DigestAlgorithm algorithm, byte[] value) {
    if (value.length != algorithm.bytes()) {
      throw new UploadRejectedException(new Rejection.DigestMismatch(algorithm));
    }
    return new Digest(algorithm, value);
  }

  /** Reads {@value WANTED}: by which algorithms a digest is wanted, most of all by the first. */
  public static List<DigestAlgorithm> wanted(HttpHeaders headers) {
    Map<String, Long> preferences = Dictionaries.integers(headers.getAll(WANTED), KEYS);
    boolean valid =
        preferences.values().stream().allMatch(value -> value >= 0 && value <= MOST_WANTED);
    return preferences.entrySet().stream()
        .filter(member -> valid && member.getValue() > 0)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(member -> algorithm(member.getKey()))
        .toList();
  }

  private static DigestAlgorithm algorithm(String key) {
    return key.equals(SHA_256) ? DigestAlgorithm.SHA256 : DigestAlgorithm.SHA512;
  }

  /** Writes such a field; empty if there is no digest that can be told. */
  public static Optional<String> format(List<Digest> digests) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    digests.forEach(
        digest -> key(digest.algorithm()).ifPresent(key -> members.put(key, digest.value())));
    return members.isEmpty() ? Optional.empty() : Optional.of(Dictionaries.formatBytes(members));
  }

  private static Optional<String> key(DigestAlgorithm algorithm) {
    return switch (algorithm) {
      case SHA256 -> Optional.of(SHA_256);
      case SHA512 -> Optional.of(SHA_512);
      case MD5, SHA1, SHA384, CRC32, CRC32C -> Optional.empty();
    };
  }
}
