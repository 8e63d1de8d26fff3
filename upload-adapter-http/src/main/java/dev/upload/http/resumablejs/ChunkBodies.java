package dev.upload.http.resumablejs;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.http.body.HeaderValue;
import dev.upload.http.body.MicronautBody;
import dev.upload.http.body.MultipartForm;
import dev.upload.http.body.PartHead;
import dev.upload.http.body.RequestBytes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the body of a request is: a form, or the bytes of a chunk.
 *
 * <p>Any content type but a form's means raw bytes: Flow.js sends a file's own type, or none.
 */
final class ChunkBodies {

  private ChunkBodies() {}

  /**
   * Returns the form that the body is, unread; empty if it is raw bytes.
   *
   * @throws UploadRejectedException if it is of a kind that holds no chunk
   */
  static Optional<MultipartForm> form(HttpRequest<?> request, RequestBytes bytes) {
    requireUnencoded(request);
    String header = header(request, HttpHeaders.CONTENT_TYPE);
    String type = header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    if (type.equals("multipart/form-data")) {
      String boundary = HeaderValue.parse(header).parameters().getOrDefault("boundary", "");
      return Optional.of(new MultipartForm(bytes, boundary, request.getHeaders().contentLength()));
    }
    if (type.startsWith("multipart/") || type.equals("application/x-www-form-urlencoded")) {
      throw unsupported("A chunk is multipart/form-data or raw bytes, not %s.".formatted(type));
    }
    return Optional.empty();
  }

  /** Moves on to the file of a form, taking the fields before it; empty if there is no file. */
  static Optional<PartHead> file(MultipartForm form, Parameters parameters, ParameterNames names) {
    for (Optional<PartHead> part = form.nextPart(); part.isPresent(); part = form.nextPart()) {
      PartHead head = part.get();
      if (head.filename().isPresent() || names.isFile(head.name())) {
        return part;
      }
      parameters.add(head.name(), form.text());
    }
    return Optional.empty();
  }

  /** Refuses raw bytes that announce to be more or fewer than the chunk has. */
  static void requireLength(HttpRequest<?> request, long expected) {
    OptionalLong length = request.getHeaders().contentLength();
    boolean open = length.isEmpty() && MicronautBody.announced(request);
    if (!open && length.orElse(0) != expected) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent(
              "Content-Length",
              "%d, but the chunk has %d bytes".formatted(length.orElse(0), expected)));
    }
  }

  private static void requireUnencoded(HttpRequest<?> request) {
    String encoding = header(request, HttpHeaders.CONTENT_ENCODING);
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("A chunk is not encoded, not even as %s.".formatted(encoding));
    }
  }

  private static String header(HttpRequest<?> request, String name) {
    return Optional.ofNullable(request.getHeaders().get(name)).orElse("");
  }

  private static UploadRejectedException unsupported(String detail) {
    return new UploadRejectedException(new Rejection.UnsupportedMediaType(detail));
  }
}
