package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.Eventually;
import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements 4, 6 and 7: interim responses tell how far the bytes have come, and that holds. */
@MicronautTest
@Property(name = "upload.http.resumable.progress-bytes", value = "5")
@Property(name = "upload.http.resumable.progress-interval", value = "1h") // by bytes only
class InterimProgressTest {

  @Inject EmbeddedServer server;

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 8, 9, 10})
  void anAppendIsToldItsOffsetAndNoLocation(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.appendLines(upload, 0, false, "Content-Length: 10"));
      raw.send(bytes("12345"));

      String interim = raw.answer();
      raw.send(bytes("67890"));

      assertThat(interim)
          .startsWith("HTTP/1.1 104")
          .containsIgnoringCase("\r\nUpload-Offset: 5\r\n")
          .doesNotContainIgnoringCase("\r\nLocation:");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void theFirstVersionsAreToldNothingBehindTheLocation(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.lines("POST /files", true, "Content-Length: 12")).send(bytes("123456789012"));

      assertThat(raw.answer()).startsWith("HTTP/1.1 104").containsIgnoringCase("\r\nLocation:");
      assertThat(raw.answer()).startsWith("HTTP/1.1 201");
    }
  }

  @Test
  void whatWasToldIsThereAfterTheConnectionBroke() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.appendLines(upload, 0, true, "Content-Length: 100"));
      raw.send(bytes("12345"));
      assertThat(raw.answer()).containsIgnoringCase("\r\nUpload-Offset: 5\r\n");
      raw.send(bytes("67"));
      raw.reset();
    }

    assertThat(Eventually.holds(() -> offset(client, upload) >= 5)).isTrue();
    assertThat(header(client.head(upload), "Upload-Complete")).isEqualTo("?0");
  }

  @Test
  void bytesOfWhichWasToldStayWhenMoreThanTheLengthFollows() throws Exception {
    RufhClient client = new RufhClient(server, 6);
    String upload = client.begin("Upload-Length", "8");
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.appendLines(upload, 0, true, "Transfer-Encoding: chunked"));
      raw.send(bytes("5\r\n12345\r\n"));
      assertThat(raw.answer()).containsIgnoringCase("\r\nUpload-Offset: 5\r\n");
      raw.send(bytes("5\r\n67890\r\n0\r\n\r\n"));

      assertThat(raw.answer()).startsWith("HTTP/1.1 400");
    }

    assertThat(offset(client, upload)).isEqualTo(5);
  }

  private static long offset(RufhClient client, String upload) {
    try {
      return Long.parseLong(header(client.head(upload), "Upload-Offset"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
