package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of HTTP, with TLS or without.
 *
 * @param title what its line is called
 * @param spoken what tells h2load to speak it
 * @param options what the app needs to speak it, beside those for TLS
 */
record Wire(String title, boolean encrypted, String spoken, List<String> options) {

  private static final String SPEAK_TWO = "--micronaut.server.http-version=2.0";

  static final Wire PLAIN = new Wire("HTTP/1.1", false, "--h1", List.of());
  static final Wire PLAIN_TLS = new Wire("HTTP/1.1, TLS", true, "--h1", List.of());
  static final Wire JDK_TLS =
      new Wire(
          "HTTP/1.1, the JDK's TLS",
          true,
          "--h1",
          List.of("--micronaut.server.ssl.prefer-openssl=false"));
  static final Wire TWO = new Wire("HTTP/2", false, "-ph2c", List.of(SPEAK_TWO));
  static final Wire TWO_TLS = new Wire("HTTP/2, TLS", true, "-ph2c", List.of(SPEAK_TWO));

  /** Starts the app so that it speaks this, with {@code tls} where it is encrypted. */
  Server app(Fleet fleet, List<String> tls) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(options);
    if (encrypted) {
      all.addAll(tls);
    }
    return fleet.app(title, all);
  }

  Load load(Shape shape, Path scratch) {
    return new H2Load(shape, scratch, encrypted ? "https" : "http", spoken);
  }
}
