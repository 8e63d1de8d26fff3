package dev.upload.http;

import io.micronaut.http.HttpRequest;

/**
 * What tells a protocol's requests from plain ones where both have the same URL. For conditions of
 * routes.
 */
public final class RequestMarks {

  public static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";
  public static final String TUS_VERSION = "Tus-Resumable";

  private RequestMarks() {}

  /** Tells whether a header says another method than the request has. */
  public static boolean overridden(HttpRequest<?> request) {
    return request.getHeaders().contains(METHOD_OVERRIDE);
  }

  /** Tells whether the request says that it is a protocol's. */
  public static boolean claimed(HttpRequest<?> request) {
    return overridden(request) || request.getHeaders().contains(TUS_VERSION);
  }
}
