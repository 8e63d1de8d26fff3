package dev.upload.http.body;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What stands above the content of a part (RFC 7578, section 4).
 *
 * @param name of the field
 * @param filename if the part is a file; exactly as it came, a path included
 * @param contentType as it came
 */
public record PartHead(String name, Optional<String> filename, Optional<String> contentType) {

  /**
   * Reads the header lines of a part: UTF-8, each ended by CRLF, folded ones not understood (RFC
   * 9112, section 5.2).
   */
  static PartHead parse(String lines) {
    Optional<String> disposition = Optional.empty();
    Optional<String> contentType = Optional.empty();
    for (String line : lines.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      String header = colon < 0 ? "" : line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).trim();
      switch (header) {
        case "content-disposition" -> disposition = Optional.of(value);
        case "content-type" -> contentType = Optional.of(value);
        case "content-transfer-encoding" -> requireIdentity(value);
        default -> {} // RFC 7578, section 4.8: others must be ignored
      }
    }
    HeaderValue parsed =
        HeaderValue.parse(
            disposition.orElseThrow(() -> malformed("a part without Content-Disposition")));
    Map<String, String> parameters = parsed.parameters();
    if (!parsed.value().equals("form-data") || !parameters.containsKey("name")) {
      throw malformed("a part that is no form-data with a name");
    }
    Optional<String> filename =
        Optional.ofNullable(parameters.get("filename*"))
            .map(PartHead::extended)
            .or(() -> Optional.ofNullable(parameters.get("filename")).map(PartHead::unescaped));
    return new PartHead(unescaped(parameters.getOrDefault("name", "")), filename, contentType);
  }

  /** Other encodings are deprecated (RFC 7578, section 4.7), and would be stored undecoded. */
  private static void requireIdentity(String encoding) {
    switch (encoding.toLowerCase(Locale.ROOT)) {
      case "7bit", "8bit", "binary" -> {}
      default -> throw malformed("a part with Content-Transfer-Encoding " + encoding);
    }
  }

  /** Undoes what browsers do to names: only these three are escaped (HTML, multipart form data). */
  private static String unescaped(String value) {
    return value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
  }

  /** Not allowed in forms, but sent by some clients. */
  private static String extended(String value) {
    return ExtendedValue.decoded(value)
        .orElseThrow(() -> malformed("a filename* that cannot be decoded"));
  }

  private static UploadRejectedException malformed(String what) {
    return new UploadRejectedException(new Rejection.Malformed("form", "it has " + what));
  }
}
