package dev.upload.http.rufh;

import dev.upload.core.model.UploadMetadata;
import dev.upload.http.RequestMarks;
import dev.upload.http.body.ExtendedValue;
import dev.upload.http.body.HeaderValue;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the headers of a creation say of the file (RFC 9110, section 8.2): untrusted text. */
final class RepresentationMetadata {

  private RepresentationMetadata() {}

  /** Reads the media type, the content codings and the name. */
  static UploadMetadata of(HttpRequest<?> request) {
    Map<String, String> entries = new LinkedHashMap<>();
    Optional.ofNullable(request.getHeaders().get(HttpHeaders.CONTENT_DISPOSITION))
        .flatMap(RepresentationMetadata::filename)
        .ifPresent(name -> entries.put(UploadMetadata.FILENAME, name));
    // some clients give the first bytes the type of those that follow, which says nothing
    Optional.ofNullable(request.getHeaders().get(HttpHeaders.CONTENT_TYPE))
        .filter(type -> !RequestMarks.isPartialUpload(request))
        .ifPresent(type -> entries.put(UploadMetadata.CONTENT_TYPE, type.split(";", 2)[0].strip()));
    request.getHeaders().getAll(HttpHeaders.CONTENT_ENCODING).stream()
        .map(String::strip)
        .reduce((first, second) -> first + ", " + second)
        .ifPresent(codings -> entries.put(UploadMetadata.CONTENT_CODINGS, codings));
    return new UploadMetadata(entries);
  }

  /** Prefers the name with a charset (RFC 6266, section 4.3), if it can be read. */
  private static Optional<String> filename(String disposition) {
    Map<String, String> parameters = HeaderValue.parse(disposition).parameters();
    return Optional.ofNullable(parameters.get("filename*"))
        .flatMap(ExtendedValue::decoded)
        .or(() -> Optional.ofNullable(parameters.get("filename")));
  }
}
