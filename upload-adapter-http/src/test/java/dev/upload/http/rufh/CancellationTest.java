package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Requirement 9: DELETE ends an upload and whoever is sending to it. */
@MicronautTest
@Property(name = "upload.http.resumable.progress-bytes", value = "5")
@Property(name = "upload.http.resumable.progress-interval", value = "1h") // by bytes only
class CancellationTest {

  @Inject EmbeddedServer server;

  @EveryVersion
  void anUploadThatIsCancelledIsNotThereAnyMore(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), false));

    assertThat(client.delete(upload).statusCode()).isEqualTo(204);

    assertThat(client.head(upload).statusCode()).isEqualTo(404);
    assertThat(client.append(upload, 5, bytes("!"), true).statusCode()).isEqualTo(404);
    assertThat(client.delete(upload).statusCode()).isEqualTo(404);
  }

  @Test
  void whoeverIsSendingToItIsEnded() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.appendLines(upload, 0, true, "Content-Length: 100")).send(bytes("12345"));
      assertThat(raw.answer()).startsWith("HTTP/1.1 104");

      assertThat(client.delete(upload).statusCode()).isEqualTo(204);

      assertThat(raw.answer()).matches("(?is)HTTP/1.1 (404|503) .*\r\nconnection: close\r\n.*");
    }
    assertThat(client.head(upload).statusCode()).isEqualTo(404);
  }

  @Test
  void aFinishedUploadStays() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = path(client.create(bytes("hello"), true));

    assertThat(client.delete(upload).statusCode()).isBetween(400, 499);
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }
}
