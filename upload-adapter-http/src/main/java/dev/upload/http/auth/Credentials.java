package dev.upload.http.auth;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** What follows the scheme in {@code Authorization} (RFC 9110, section 11.6.2). */
final class Credentials {

  private Credentials() {}

  /** Returns the credentials of {@code scheme}, whose case does not matter. */
  static Optional<String> of(HttpRequest<?> request, String scheme) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeaders.AUTHORIZATION))
        .filter(header -> begins(header, scheme))
        .map(header -> header.substring(scheme.length()).strip());
  }

  private static boolean begins(String header, String scheme) {
    return header.length() > scheme.length()
        && header.charAt(scheme.length()) == ' '
        && header.regionMatches(true, 0, scheme, 0, scheme.length());
  }
}
