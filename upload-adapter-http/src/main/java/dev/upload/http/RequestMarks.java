package dev.upload.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Arrays;
import java.util.Locale;

/**
 * What tells a protocol's requests from plain ones where both have the same URL. For conditions of
 * routes.
 */
public final class RequestMarks {

  public static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";
  public static final String TUS_VERSION = "Tus-Resumable";
  public static final String DRAFT_VERSION = "Upload-Draft-Interop-Version";
  public static final String UPLOAD_COMPLETE = "Upload-Complete";
  public static final String UPLOAD_INCOMPLETE = "Upload-Incomplete";
  public static final String PARTIAL_UPLOAD = "application/partial-upload";

  private RequestMarks() {}

  /** Tells whether a header says another method than the request has. */
  public static boolean overridden(HttpRequest<?> request) {
    return request.getHeaders().contains(METHOD_OVERRIDE);
  }

  /** Tells whether the request says that it is tus's. */
  public static boolean tus(HttpRequest<?> request) {
    return overridden(request) || request.getHeaders().contains(TUS_VERSION);
  }

  /** Tells whether the request says that it is one of Resumable Uploads for HTTP. */
  public static boolean resumable(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    return !tus(request)
        && (headers.contains(DRAFT_VERSION)
            || headers.contains(UPLOAD_COMPLETE)
            || headers.contains(UPLOAD_INCOMPLETE)
            || isPartialUpload(request));
  }

  /** Tells whether the request says that it is a protocol's. */
  public static boolean claimed(HttpRequest<?> request) {
    return tus(request) || resumable(request);
  }

  /** Tells whether the body of a request is coded, on whichever line of its head that is said. */
  public static boolean coded(HttpRequest<?> request) {
    return request.getHeaders().getAll(HttpHeaders.CONTENT_ENCODING).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("identity"));
  }

  /** Tells whether the body of a request is to be appended, by its media type. */
  public static boolean isPartialUpload(HttpRequest<?> request) {
    String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
    return type != null
        && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(PARTIAL_UPLOAD);
  }
}
