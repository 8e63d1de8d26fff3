package dev.upload.http.tus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where an upload is for who speaks to this server itself. */
@MicronautTest
class DirectLocationTest {

  @Inject EmbeddedServer server;

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1\\r\\nHost: up.example:8080, http://up.example:8080/files/",
    "HTTP/1.1\\r\\nHost: [::1]:8080, http://[::1]:8080/files/",
    "HTTP/1.1\\r\\nHost: a b, /files/",
    "HTTP/1.1\\r\\nHost: a/b, /files/",
    "HTTP/1.0, /files/",
    "HTTP/1.1\\r\\nHost: a\\r\\nX-Forwarded-Host: b\\r\\nForwarded: host=c, http://a/files/"
  })
  void theHostHeaderSaysItAndNobodyElse(String line, String location) throws Exception {
    try (RawClient raw = new RawClient(server)) {
      String head =
          "POST /files %s\r\nTus-Resumable: 1.0.0\r\nUpload-Length: 5\r\n\r\n"
              .formatted(line.replace("\\r\\n", "\r\n"));
      raw.send(head.getBytes(StandardCharsets.ISO_8859_1));

      assertThat(raw.answer()).containsIgnoringCase("\r\nlocation: " + location);
    }
  }
}
