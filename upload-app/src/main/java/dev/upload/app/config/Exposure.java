package dev.upload.app.config;

import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Whether others than this machine's own users can reach the server. */
@Singleton
public final class Exposure {

  private static final String HOST = "micronaut.server.host";
  private static final String LISTENERS = "micronaut.server.netty.listeners";

  private final Environment environment;

  public Exposure(Environment environment) {
    this.environment = environment;
  }

  /**
   * Refuses to go on where others can reach the server and nobody has chosen who may upload.
   *
   * @throws ConfigurationException that says what to choose from
   */
  public void requireChoice() {
    if (environment.containsProperties(LISTENERS)) {
      throw choose(LISTENERS + " is set");
    }
    Optional<String> host = environment.getProperty(HOST, String.class);
    if (host.isEmpty() || !isLoopback(host.get())) {
      throw choose("%s is %s".formatted(HOST, host.orElse("not set")));
    }
  }

  static boolean isLoopback(String host) {
    try {
      return !host.isBlank() && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static ConfigurationException choose(String reason) {
    return new ConfigurationException(
        ("%s, so others than this machine may reach the server. Choose who may upload with %s:"
                + " anonymous (everybody), basic, bearer, jwt, signed, or several of them"
                + " separated by commas. See docs/configuration.md")
            .formatted(reason, AuthSettings.METHODS));
  }
}
