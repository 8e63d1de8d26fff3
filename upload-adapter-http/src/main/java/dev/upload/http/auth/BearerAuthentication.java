package dev.upload.http.auth;

import dev.upload.core.model.Owner;
import dev.upload.core.model.Requester;
import io.micronaut.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens from the configuration (RFC 6750). They are found by their digests, so how long that takes
 * tells nothing of a token.
 */
public final class BearerAuthentication implements Authentication {

  static final String SCHEME = "Bearer";

  private static final int MIN_TOKEN_CHARS = 16;
  private static final String CHALLENGE = "Bearer realm=\"upload\"";

  private final Map<String, Requester> requesters = new HashMap<>();

  /**
   * @param tokens by owner; several are separated by commas. Each as it is, or as {@code sha256:}
   *     and its digest
   * @throws IllegalArgumentException if one can be guessed, or is two owners'
   */
  public BearerAuthentication(Map<String, String> tokens) {
    tokens.forEach(
        (owner, configured) -> {
          for (String token : configured.split(",", -1)) {
            add(new Owner(owner), token.strip());
          }
        });
  }

  private void add(Owner owner, String token) {
    if (token.length() < MIN_TOKEN_CHARS) {
      throw new IllegalArgumentException(
          "a token of %s is shorter than %d characters".formatted(owner.name(), MIN_TOKEN_CHARS));
    }
    if (!(Secret.of(token) instanceof Secret.Digested digested)) {
      throw new IllegalArgumentException(
          "the token of %s is a password hash: tokens are given as sha256:…"
              .formatted(owner.name()));
    }
    if (requesters.put(digested.sha256(), Requester.of(owner)) != null) {
      throw new IllegalArgumentException("a token of %s is there twice".formatted(owner.name()));
    }
  }

  /** Returns nobody for an unknown token: it may be of a kind that somebody else knows. */
  @Override
  public Optional<Requester> requester(HttpRequest<?> request) {
    return token(request).map(token -> requesters.get(Secret.digest(token)));
  }

  /** Returns the token of a request, if it has one. */
  public static Optional<String> token(HttpRequest<?> request) {
    return Credentials.of(request, SCHEME);
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of(CHALLENGE);
  }
}
