package dev.upload.http.tus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where an upload is, as its client sees this server behind a proxy. */
@MicronautTest
@Property(name = "upload.http.trust-forwarded", value = "true")
class LocationTest {

  @Inject EmbeddedServer server;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-None: 0 | http://localhost/files/",
        "X-Forwarded-Proto: https | https://localhost/files/",
        "X-Forwarded-Host: up.example | http://up.example/files/",
        "X-Forwarded-Host: up.example, inner.example | http://up.example/files/",
        "X-Forwarded-Host: up.example\\r\\nX-Forwarded-Port: 8443 | http://up.example:8443/files/",
        "X-Forwarded-Host: up.example:9\\r\\nX-Forwarded-Port: 8443 | http://up.example:9/files/",
        "X-Forwarded-Prefix: /api/v1 | http://localhost/api/v1/files/",
        "Forwarded: for=1.2.3.4;proto=https;host=up.example | https://up.example/files/",
        "Forwarded: host=\"up.example:8443\";proto=https, host=x | https://up.example:8443/files/",
        "Forwarded: host=\"[::1]:80\" | http://[::1]:80/files/",
        "Forwarded: host=\"evil\"\" | http://evil/files/",
        "X-Forwarded-Host: up.example/evil? | http://localhost/files/",
        "X-Forwarded-Proto: javascript | http://localhost/files/",
        "X-Forwarded-Prefix: //evil | http://localhost/files/"
      })
  void aTrustedProxySaysWhatTheClientCallsTheServer(String headers, String location)
      throws Exception {
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          "POST /files HTTP/1.1",
          "Tus-Resumable: 1.0.0",
          "Upload-Length: 5",
          headers.replace("\\r\\n", "\r\n"));

      assertThat(raw.answer()).containsIgnoringCase("\r\nlocation: " + location);
    }
  }
}
