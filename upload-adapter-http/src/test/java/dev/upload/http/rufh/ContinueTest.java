package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Requirement 11: who waits to be asked for its bytes is asked, whatever else it was told. */
@MicronautTest
class ContinueTest {

  private static final String EXPECTATION = "Expect: 100-continue";

  @Inject EmbeddedServer server;

  @Test
  void whoAsksFirstIsToldWhereTheUploadIsAndThenToGoOn() throws Exception {
    RufhClient client = new RufhClient(server);
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.lines("POST /files", true, "Content-Length: 5", EXPECTATION));

      assertThat(raw.answer()).startsWith("HTTP/1.1 104");
      assertThat(raw.answer()).startsWith("HTTP/1.1 100");
      raw.send(bytes("hello"));
      assertThat(raw.answer()).startsWith("HTTP/1.1 201");
    }
  }

  @Test
  void whoAppendsIsToldToGoOnToo() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.appendLines(upload, 0, true, "Content-Length: 5", EXPECTATION));

      assertThat(raw.answer()).startsWith("HTTP/1.1 100");
      raw.send(bytes("hello"));
      assertThat(raw.answer()).startsWith("HTTP/1.1 201");
    }
  }

  @Test
  void whoAsksFirstIsRefusedBeforeAByteIsSent() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.appendLines(upload, 7, true, "Content-Length: 5", EXPECTATION));

      assertThat(raw.answer()).startsWith("HTTP/1.1 409");
    }
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          client.lines("POST /files", true, "Content-Length: 5", "Upload-Length: 6", EXPECTATION));

      assertThat(raw.answer()).startsWith("HTTP/1.1 400");
    }
  }
}
