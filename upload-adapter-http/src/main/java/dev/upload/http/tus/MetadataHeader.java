package dev.upload.http.tus;

import dev.upload.core.model.UploadMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code Upload-Metadata}: keys and values in base64, kept as they were sent.
 *
 * <p>What cannot be read is refused, never dropped.
 */
final class MetadataHeader {

  /** Uppy sends each of these under both names. */
  private static final String NAME = "name";

  private static final String TYPE = "type";

  /** What Uppy says of a file that is in no folder. */
  private static final String NO_PATH = "null";

  private MetadataHeader() {}

  static UploadMetadata parse(RequestFields fields) {
    Optional<String> sent = fields.list(Tus.METADATA).map(String::strip);
    return sent.isEmpty() || sent.get().isEmpty() ? UploadMetadata.NONE : parse(sent.get());
  }

  private static UploadMetadata parse(String text) {
    requirePrintable(text);
    Map<String, String> entries = new LinkedHashMap<>();
    for (String pair : text.split(",", -1)) {
      String[] keyAndValue = pair.strip().split(" ", 2);
      String key = keyAndValue[0];
      String value = keyAndValue.length == 1 ? "" : decoded(key, keyAndValue[1]);
      if (key.isEmpty()) {
        throw RequestFields.malformed(Tus.METADATA, "a key is empty");
      }
      if (entries.putIfAbsent(key, value) != null) {
        throw RequestFields.malformed(Tus.METADATA, "the key %s is there twice".formatted(key));
      }
    }
    return new UploadMetadata(understood(entries), text);
  }

  /** Returns what HEAD says of {@code metadata}; empty if there is nothing to say. */
  static Optional<String> format(UploadMetadata metadata) {
    String text =
        metadata.asSent().isEmpty()
            ? metadata.entries().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + " " + encoded(entry.getValue()))
                .collect(Collectors.joining(","))
            : metadata.asSent();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** What is echoed must not be able to be more than a header's value. */
  private static void requirePrintable(String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw RequestFields.malformed(Tus.METADATA, "it has a control character");
    }
  }

  private static String decoded(String key, String value) {
    try {
      return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestFields.malformed(Tus.METADATA, "the value of %s is not base64".formatted(key));
    }
  }

  private static String encoded(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> understood(Map<String, String> entries) {
    Map<String, String> understood = new LinkedHashMap<>(entries);
    also(understood, NAME, UploadMetadata.FILENAME);
    also(understood, TYPE, UploadMetadata.CONTENT_TYPE);
    understood.remove(UploadMetadata.RELATIVE_PATH, NO_PATH);
    return understood;
  }

  private static void also(Map<String, String> entries, String key, String ours) {
    String value = entries.getOrDefault(key, "");
    if (!value.isEmpty()) {
      entries.putIfAbsent(ours, value);
    }
  }
}
