package dev.upload.http;

import dev.upload.http.body.HeaderValue;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * URLs of this server as the client sees it: from its Host header or, where a proxy is trusted,
 * from what that says in {@code Forwarded} (RFC 7239) or {@code X-Forwarded-*}.
 *
 * <p>What does not look like a host, a scheme or a path is passed over; without a host the URL is
 * relative.
 */
@Singleton
public final class PublicUrls {

  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
  private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

  private final boolean trustForwarded;

  PublicUrls(ForwardingConfiguration configuration) {
    this.trustForwarded = configuration.trustForwarded();
  }

  /** Returns the URL of {@code path} for whoever sent {@code request}. */
  public String of(HttpRequest<?> request, String path) {
    Forwarded forwarded = trustForwarded ? Forwarded.of(request.getHeaders()) : Forwarded.NOTHING;
    Optional<String> host =
        forwarded
            .host()
            .or(() -> first(request.getHeaders(), HttpHeaders.HOST))
            .filter(PublicUrls::isHost);
    String scheme = forwarded.scheme().orElse(request.isSecure() ? "https" : "http");
    String fullPath = forwarded.prefix().orElse("") + path;
    return host.map(name -> scheme + "://" + name + fullPath).orElse(fullPath);
  }

  private static boolean isHost(String text) {
    return HOST.matcher(text).matches();
  }

  /** Returns the first of the values that a header has: that of the proxy nearest to the client. */
  private static Optional<String> first(HttpHeaders headers, String name) {
    return Optional.ofNullable(headers.get(name))
        .map(value -> value.split(",", 2)[0].strip())
        .filter(value -> !value.isEmpty());
  }

  /** What proxies say of the request that they had. */
  private record Forwarded(
      Optional<String> scheme, Optional<String> host, Optional<String> prefix) {

    static final Forwarded NOTHING =
        new Forwarded(Optional.empty(), Optional.empty(), Optional.empty());

    static Forwarded of(HttpHeaders headers) {
      Map<String, String> standard =
          first(headers, "Forwarded")
              .map(element -> HeaderValue.parse(";" + element).parameters())
              .orElse(Map.of());
      return new Forwarded(
          Optional.ofNullable(standard.get("proto"))
              .or(() -> first(headers, "X-Forwarded-Proto"))
              .map(scheme -> scheme.toLowerCase(Locale.ROOT))
              .filter(scheme -> scheme.equals("http") || scheme.equals("https")),
          Optional.ofNullable(standard.get("host"))
              .or(() -> legacyHost(headers))
              .filter(PublicUrls::isHost),
          first(headers, "X-Forwarded-Prefix").filter(prefix -> PREFIX.matcher(prefix).matches()));
    }

    private static Optional<String> legacyHost(HttpHeaders headers) {
      Optional<String> port =
          first(headers, "X-Forwarded-Port").filter(text -> text.matches("[0-9]{1,5}"));
      return first(headers, "X-Forwarded-Host")
          .map(
              host -> port.isEmpty() || host.matches(".*:[0-9]+") ? host : host + ":" + port.get());
    }
  }
}
