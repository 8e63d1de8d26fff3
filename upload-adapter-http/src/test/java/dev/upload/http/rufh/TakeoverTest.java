package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Requirement 8: the newest request wins, and an offset that was told is taken. */
@MicronautTest
@Property(name = "upload.http.resumable.progress-bytes", value = "5")
@Property(name = "upload.http.resumable.progress-interval", value = "1h") // by bytes only
class TakeoverTest {

  @Inject EmbeddedServer server;

  @EveryVersion
  void aQuestionEndsWhoeverIsSendingAndItsOffsetIsTaken(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();
    try (RawClient stale = stale(upload)) {
      HttpResponse<byte[]> head = client.head(upload);

      assertThat(header(head, "Upload-Offset")).isEqualTo("5");
      assertThat(client.append(upload, 5, bytes("67890"), true).statusCode()).isEqualTo(201);
      assertThat(stale.answer()).matches("(?is)HTTP/1.1 503 .*\r\nconnection: close\r\n.*");
    }
    assertThat(client.get(upload).body()).isEqualTo(bytes("1234567890"));
  }

  @EveryVersion
  void aNewerAppendEndsAnOlderOne(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();
    try (RawClient stale = stale(upload)) {
      HttpResponse<byte[]> append = client.append(upload, 5, bytes("67890"), true);

      assertThat(append.statusCode()).isEqualTo(201);
      assertThat(stale.answer()).startsWith("HTTP/1.1 503");
    }
    assertThat(client.get(upload).body()).isEqualTo(bytes("1234567890"));
  }

  @Test
  void aCreationThatIsStillSendingIsEndedToo() throws Exception {
    RufhClient client = new RufhClient(server);
    try (RawClient stale = new RawClient(server)) {
      stale.head(client.lines("POST /files", true, "Content-Length: 10")).send(bytes("12345"));
      String location =
          stale.answer().replaceAll("(?is).*\r\nlocation: [^/]*//[^/]*([^\r]*)\r.*", "$1");
      assertThat(stale.answer()).containsIgnoringCase("\r\nUpload-Offset: 5\r\n");

      assertThat(header(client.head(location), "Upload-Offset")).isEqualTo("5");
      assertThat(client.append(location, 5, bytes("67890"), true).statusCode()).isEqualTo(201);
      assertThat(client.get(location).body()).isEqualTo(bytes("1234567890"));
    }
  }

  /** Returns a client of which the server has five bytes and sees no more. */
  private RawClient stale(String upload) throws Exception {
    RawClient stale = new RawClient(server);
    RufhClient client = new RufhClient(server);
    stale.head(client.appendLines(upload, 0, true, "Content-Length: 10")).send(bytes("12345"));
    assertThat(stale.answer()).containsIgnoringCase("\r\nUpload-Offset: 5\r\n");
    return stale;
  }
}
