package dev.upload.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;

/**
 * {@code upload.auth.jwt.*}: whose tokens are believed.
 *
 * @param jwksUrl where the provider's keys are
 * @param issuer of the tokens
 * @param audience that they are for
 * @param ownerClaim whose value is the owner's name
 */
@ConfigurationProperties("upload.auth.jwt")
public record JwtSettings(
    @Bindable(defaultValue = "") String jwksUrl,
    @Bindable(defaultValue = "") String issuer,
    @Bindable(defaultValue = "") String audience,
    @Bindable(defaultValue = "sub") String ownerClaim) {

  private static final String JWKS_URL = "upload.auth.jwt.jwks-url";

  public JwtSettings {
    boolean any = !jwksUrl.isBlank() || !issuer.isBlank() || !audience.isBlank();
    Setting.require("upload.auth.jwt.issuer", !any || !issuer.isBlank(), "is not set");
    Setting.require("upload.auth.jwt.audience", !any || !audience.isBlank(), "is not set");
    Setting.require(JWKS_URL, !any || !jwksUrl.isBlank(), "is not set");
    Setting.require("upload.auth.jwt.owner-claim", !ownerClaim.isBlank(), "must name a claim");
  }

  /** Tells whether somebody has set them. */
  public boolean given() {
    return !jwksUrl.isBlank();
  }

  /** Returns where the keys are. Whoever could change them on their way could be anybody. */
  public URL keys() {
    URI uri = Setting.read(JWKS_URL, () -> URI.create(jwksUrl));
    boolean here =
        "http".equals(uri.getScheme())
            && uri.getHost() != null
            && Exposure.isLoopback(uri.getHost());
    Setting.require(
        JWKS_URL, here || "https".equals(uri.getScheme()), "has to be https, or on this machine");
    return Setting.read(JWKS_URL, () -> url(uri));
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
