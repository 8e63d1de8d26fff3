package dev.upload.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.Set;

/**
 * {@code upload.auth.*}: who may upload.
 *
 * @param methods ways to say who one is, separated by commas; empty where nothing was chosen
 * @param signingKey with which URLs are signed
 * @param protectPage whether the page is for those only who may upload
 */
@ConfigurationProperties("upload.auth")
public record AuthSettings(
    @Bindable(defaultValue = "") String methods,
    @Bindable(defaultValue = "") String signingKey,
    @Bindable(defaultValue = "true") boolean protectPage) {

  static final String METHODS = "upload.auth.methods";

  /** Tells whether somebody has chosen. */
  public boolean chosen() {
    return !methods.isBlank();
  }

  /** Returns what was chosen. */
  public Set<AuthMethod> chosenMethods() {
    return AuthMethod.parse(METHODS, methods);
  }
}
