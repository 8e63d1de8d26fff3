package dev.upload.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@MicronautTest
@Property(name = "micronaut.server.cors.enabled", value = "true")
@Property(
    name = "micronaut.server.cors.configurations.upload.allowed-origins[0]",
    value = "https://app.example")
@Property(name = "micronaut.server.cors.configurations.upload.allow-credentials", value = "true")
class CorsTest {

  private static final String ORIGIN = "Origin: https://app.example";

  @Inject EmbeddedServer server;

  @Test
  void everyMethodOfEveryClientPassesAPreflight() throws IOException {
    for (String method : new String[] {"GET", "HEAD", "POST", "PUT", "PATCH"}) {
      String answer =
          exchange(
              "OPTIONS /uploads?a=b HTTP/1.1",
              ORIGIN,
              "Access-Control-Request-Method: " + method,
              "Access-Control-Request-Headers:"
                  + " content-type,authorization,x-requested-with,upload-offset");

      assertThat(answer).as(method).startsWith("http/1.1 200");
      assertThat(answer)
          .contains(
              "access-control-allow-origin: https://app.example",
              "access-control-allow-credentials: true",
              "access-control-max-age:",
              "upload-offset");
    }
  }

  @Test
  void everyMethodOfTusPassesAPreflightAndNeedsNoVersionForIt() throws IOException {
    for (String method : new String[] {"POST", "HEAD", "PATCH", "DELETE"}) {
      String answer =
          exchange(
              "OPTIONS /files%s HTTP/1.1"
                  .formatted(method.equals("POST") ? "" : "/0123456789abcdef"),
              ORIGIN,
              "Access-Control-Request-Method: " + method,
              "Access-Control-Request-Headers:"
                  + " tus-resumable,upload-length,upload-metadata,upload-offset,upload-checksum,"
                  + "upload-concat,upload-defer-length,x-http-method-override,x-request-id");

      assertThat(answer).as(method).startsWith("http/1.1 200");
      assertThat(answer)
          .contains(
              "access-control-allow-origin: https://app.example",
              "access-control-allow-methods: " + method.toLowerCase(Locale.ROOT),
              "tus-resumable: 1.0.0",
              "upload-checksum");
    }
  }

  @Test
  void everyMethodOfTheDraftPassesAPreflight() throws IOException {
    for (String method : new String[] {"POST", "PUT", "PATCH", "HEAD", "GET", "DELETE"}) {
      String answer =
          exchange(
              "OPTIONS /files%s HTTP/1.1"
                  .formatted(method.startsWith("P") ? "" : "/0123456789abcdef"),
              ORIGIN,
              "Access-Control-Request-Method: " + method,
              "Access-Control-Request-Headers:"
                  + " upload-complete,upload-incomplete,upload-offset,upload-length,"
                  + "upload-draft-interop-version,content-digest,repr-digest,want-repr-digest");

      assertThat(answer).as(method).startsWith("http/1.1 200");
      assertThat(answer)
          .contains("access-control-allow-methods: " + method.toLowerCase(Locale.ROOT))
          .contains("upload-draft-interop-version", "want-repr-digest");
    }
  }

  @Test
  void aPageReadsWhatTheDraftTells() throws IOException {
    String created =
        exchange("POST /files HTTP/1.1", ORIGIN, "Upload-Complete: ?0", "Content-Length: 0");

    assertThat(created).startsWith("http/1.1 201");
    assertThat(exposed(created))
        .contains(
            "location",
            "upload-offset",
            "upload-length",
            "upload-complete",
            "upload-incomplete",
            "upload-limit",
            "upload-draft-interop-version",
            "accept-patch",
            "repr-digest");
  }

  @Test
  void aPageReadsWhatTusTells() throws IOException {
    String created =
        exchange("POST /files HTTP/1.1", ORIGIN, "Tus-Resumable: 1.0.0", "Upload-Length: 5");
    String refused =
        exchange("HEAD /files/0123456789abcdef HTTP/1.1", ORIGIN, "Tus-Resumable: 1.0.0");

    assertThat(created).startsWith("http/1.1 201");
    assertThat(refused).startsWith("http/1.1 404");
    for (String answer : new String[] {created, refused}) {
      assertThat(exposed(answer))
          .contains(
              "location",
              "upload-offset",
              "upload-length",
              "upload-metadata",
              "upload-expires",
              "upload-concat",
              "upload-defer-length",
              "tus-resumable",
              "tus-version",
              "tus-extension",
              "tus-max-size",
              "tus-checksum-algorithm");
    }
  }

  private static String[] exposed(String answer) {
    return answer.replaceAll("(?s).*access-control-expose-headers: ([^\\r]*)\r.*", "$1").split(",");
  }

  @Test
  void anErrorIsReadableToo() throws IOException {
    String answer = exchange("GET /uploads HTTP/1.1", ORIGIN);

    assertThat(answer)
        .startsWith("http/1.1 400")
        .contains("access-control-allow-origin: https://app.example");
    assertThat(answer)
        .contains(
            "access-control-expose-headers:", "location", "retry-after", "content-disposition");
  }

  @Test
  void aNotFoundIsReadableToo() throws IOException {
    assertThat(exchange("GET /nowhere HTTP/1.1", ORIGIN))
        .startsWith("http/1.1 404")
        .contains("access-control-allow-origin: https://app.example");
  }

  @Test
  void anotherOriginIsToldNothing() throws IOException {
    String answer =
        exchange(
            "OPTIONS /uploads HTTP/1.1",
            "Origin: https://evil.example",
            "Access-Control-Request-Method: POST");

    assertThat(answer).doesNotContain("access-control-allow-origin");
  }

  private String exchange(String... lines) throws IOException {
    try (RawClient client = new RawClient(server)) {
      return client.head(lines).answer().toLowerCase(Locale.ROOT);
    }
  }
}
