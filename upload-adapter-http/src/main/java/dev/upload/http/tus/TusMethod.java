package dev.upload.http.tus;

import io.micronaut.http.HttpRequest;
import java.util.Locale;

/** What a request wants, whatever its method says where a header overrides it. */
enum TusMethod {
  POST,
  HEAD,
  PATCH,
  DELETE;

  /** Returns the method that counts. */
  static TusMethod of(HttpRequest<?> request) {
    String name =
        RequestFields.of(request)
            .text(Tus.METHOD_OVERRIDE)
            .orElse(request.getMethodName())
            .strip()
            .toUpperCase(Locale.ROOT);
    return switch (name) {
      case "POST" -> POST;
      case "HEAD" -> HEAD;
      case "PATCH" -> PATCH;
      case "DELETE" -> DELETE;
      default ->
          throw RequestFields.malformed(
              Tus.METHOD_OVERRIDE, "only PATCH, DELETE and HEAD may override a method");
    };
  }
}
