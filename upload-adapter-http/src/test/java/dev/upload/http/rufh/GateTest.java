package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement 1: interim responses are for those who name a version that is spoken here. */
@MicronautTest
@Property(name = "upload.http.resumable.progress-bytes", value = "5")
@Property(name = "upload.http.resumable.progress-interval", value = "1h") // by bytes only
class GateTest {

  @Inject EmbeddedServer server;

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9, 10})
  void whoNamesAVersionIsToldInItWhereTheUploadIsBeforeAByteIsSent(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.lines("POST /files", true, "Content-Length: 5"));

      String interim = raw.answer();
      raw.send(bytes("hello"));
      String answer = raw.answer();

      assertThat(interim)
          .startsWith("HTTP/1.1 104 Upload Resumption Supported\r\n")
          .containsIgnoringCase("\r\nUpload-Draft-Interop-Version: " + version + "\r\n");
      assertThat(location(interim)).startsWith("http://localhost/files/");
      assertThat(answer).startsWith("HTTP/1.1 201");
      assertThat(location(answer)).isEqualTo(location(interim));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-None: 1",
        "Upload-Draft-Interop-Version: 2",
        "Upload-Draft-Interop-Version: 11",
        "Upload-Draft-Interop-Version: -9",
        "Upload-Draft-Interop-Version: 9.0",
        "Upload-Draft-Interop-Version: \"9\"",
        "Upload-Draft-Interop-Version: 8, 9",
        "Upload-Draft-Interop-Version: 8\r\nUpload-Draft-Interop-Version: 9",
        "Upload-Draft-Interop-Version:"
      })
  void whoDoesNotIsToldNothingBeforeTheAnswer(String field) throws Exception {
    try (RawClient raw = new RawClient(server)) {
      raw.head("POST /files HTTP/1.1", "Upload-Complete: ?1", "Content-Length: 5", field);
      raw.send(bytes("hello"));

      String answer = raw.answer();

      assertThat(answer)
          .startsWith("HTTP/1.1 201")
          .containsIgnoringCase("\r\nUpload-Complete: ?1\r\n");
    }
  }

  @Test
  void aVersionMayHaveParameters() throws Exception {
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          "POST /files HTTP/1.1",
          "Upload-Complete: ?0;a=1",
          "Upload-Draft-Interop-Version:  9;b=\"c\" ",
          "Content-Length: 0");

      assertThat(raw.answer())
          .startsWith("HTTP/1.1 104")
          .containsIgnoringCase("\r\nUpload-Draft-Interop-Version: 9\r\n");
      assertThat(raw.answer()).startsWith("HTTP/1.1 201");
    }
  }

  @Test
  void everyInterimResponseNamesIt() throws Exception {
    RufhClient client = new RufhClient(server);
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.lines("POST /files", true, "Content-Length: 12"));
      raw.answer();
      for (int sent = 0; sent < 10; sent += 5) {
        raw.send(bytes("12345"));

        assertThat(raw.answer())
            .startsWith("HTTP/1.1 104")
            .containsIgnoringCase("\r\nUpload-Draft-Interop-Version: 10\r\n")
            .containsIgnoringCase("\r\nUpload-Offset: " + (sent + 5) + "\r\n");
      }
      raw.send(bytes("12"));
      assertThat(raw.answer()).startsWith("HTTP/1.1 201");
    }
  }

  private static String location(String answer) {
    return answer
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("location: "))
        .findFirst()
        .map(line -> line.substring("location: ".length()))
        .orElse("");
  }
}
