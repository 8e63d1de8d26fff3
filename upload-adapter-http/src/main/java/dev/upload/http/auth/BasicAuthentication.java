package dev.upload.http.auth;

import dev.upload.core.model.Owner;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadRejectedException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Names and passwords (RFC 7617), in UTF-8. The name is the owner's.
 *
 * <p>A browser sends them with whatever request any page makes it send, so a request that changes
 * something, and that a page of another origin made, is forbidden unless that origin is trusted.
 */
public final class BasicAuthentication implements Authentication {

  private static final String CHALLENGE = "Basic realm=\"upload\", charset=\"UTF-8\"";

  private final Map<String, Requester> users;
  private final Passwords passwords;
  private final Predicate<String> trustedOrigins;

  /**
   * @param users names and passwords, or hashes of them
   * @param trustedOrigins whose pages may upload too
   * @throws IllegalArgumentException if a name cannot be one, or a hash is none
   */
  public BasicAuthentication(Map<String, String> users, Predicate<String> trustedOrigins) {
    this.trustedOrigins = trustedOrigins;
    this.users =
        users.keySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(name -> name, BasicAuthentication::requesterNamed));
    this.passwords = new Passwords(users);
  }

  private static Requester requesterNamed(String name) {
    if (name.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a user's name has no colon: " + name);
    }
    return Requester.of(new Owner(name));
  }

  @Override
  public Optional<Requester> requester(HttpRequest<?> request) {
    Optional<Requester> known = Credentials.of(request, "Basic").map(this::known);
    if (known.isPresent() && isForged(request)) {
      throw new UploadRejectedException(new Rejection.Forbidden());
    }
    return known;
  }

  private boolean isForged(HttpRequest<?> request) {
    boolean changes =
        switch (request.getMethod()) {
          case GET, HEAD, OPTIONS, TRACE -> false;
          default -> true;
        };
    String site = request.getHeaders().get("Sec-Fetch-Site", String.class, "none");
    boolean foreign = site.equals("cross-site") || site.equals("same-site");
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN, String.class, "");
    return changes && foreign && !trustedOrigins.test(origin);
  }

  private Requester known(String credentials) {
    String[] parts = decoded(credentials).split(":", 2);
    if (parts.length < 2 || !passwords.match(parts[0], parts[1])) {
      throw new UploadRejectedException(new Rejection.Unauthenticated());
    }
    return Optional.ofNullable(users.get(parts[0])).orElseThrow();
  }

  private static String decoded(String credentials) {
    try {
      return new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of(CHALLENGE);
  }
}
