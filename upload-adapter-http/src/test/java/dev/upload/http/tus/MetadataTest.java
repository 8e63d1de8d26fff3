package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.base64;
import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.InMemorySessions;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 9: metadata is read strictly, and never becomes a header or a path as it is. */
@MicronautTest(rebuildContext = true)
class MetadataTest {

  @Inject EmbeddedServer server;
  @Inject InMemorySessions sessions;

  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key !!!",
        "key YQ=",
        "key YQ== YQ==",
        "a YQ==,a Yg==",
        "a,a",
        ",",
        "a YQ==,",
        "a YQ==,,b Yg==",
        "key a-_b"
      })
  void whatCannotBeReadIs400(String metadata) throws Exception {
    HttpResponse<byte[]> answer = client.post("Upload-Length", "5", "Upload-Metadata", metadata);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TusClient.body(answer)).contains("Upload-Metadata");
    assertThat(sessions.count()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"filename", "name"})
  void theNameIsOfferedForDownload(String key) throws Exception {
    String upload =
        client.create(5, "Upload-Metadata", key + " " + base64("../Grüße 🎉\r\nX: y.txt"));
    client.patch(upload, 0, bytes("hello"));

    HttpResponse<byte[]> answer = client.get(upload);

    assertThat(header(answer, "Content-Disposition"))
        .startsWith("attachment;")
        .contains("filename*=UTF-8''")
        .contains("Gr%C3%BC%C3%9Fe%20%F0%9F%8E%89");
    assertThat(answer.headers().firstValue("X")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"filetype", "type"})
  void theTypeIsOfferedForDownload(String key) throws Exception {
    String upload = client.create(5, "Upload-Metadata", key + " " + base64("image/png"));
    client.patch(upload, 0, bytes("hello"));

    assertThat(header(client.get(upload), "Content-Type")).isEqualTo("image/png");
  }

  @Test
  void whatUppySaysOfAFileInNoFolderIsNoPath() throws Exception {
    String metadata = "relativePath " + base64("null") + ",name " + base64("a.txt");
    String upload = client.create(5, "Upload-Metadata", metadata);

    assertThat(header(client.head(upload), "Upload-Metadata")).isEqualTo(metadata);
  }

  @Test
  void noneIsNone() throws Exception {
    String upload = client.create(5, "Upload-Metadata", "");

    assertThat(client.head(upload).headers().firstValue("Upload-Metadata")).isEmpty();
  }

  @Test
  void moreThanFitsIsRefused() throws Exception {
    HttpResponse<byte[]> answer =
        client.post("Upload-Length", "5", "Upload-Metadata", "a " + base64("x".repeat(30_000)));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(sessions.count()).isZero();
  }
}
