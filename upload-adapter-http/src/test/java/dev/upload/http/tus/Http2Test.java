package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import dev.upload.http.Http2Client;
import dev.upload.http.RawClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All of it over HTTP/2. */
@MicronautTest(rebuildContext = true)
@Property(name = "micronaut.server.http-version", value = "2.0")
class Http2Test {

  private static final String CHECKSUM = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=";

  @Inject EmbeddedServer server;

  private TusClient client;

  @BeforeEach
  void open() throws Exception {
    client = new TusClient(server, HttpClient.Version.HTTP_2);
    client.plain("OPTIONS", "/files", BodyPublishers.noBody()); // which upgrades the connection
  }

  @Test
  void anUploadIsMadeContinuedAndEnded() throws Exception {
    byte[] content = Bytes.random(3_000_000, 1);
    HttpResponse<byte[]> created =
        client.post(Arrays.copyOf(content, 1_000_000), "Upload-Length", "3000000");
    String upload = TusClient.path(created);
    HttpResponse<byte[]> wrong = client.patch(upload, 5, bytes("x"));
    HttpResponse<byte[]> head = client.head(upload);
    HttpResponse<byte[]> rest =
        client.patch(
            upload,
            1_000_000,
            BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(content, 1_000_000, 2_000_000)));

    assertThat(created.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(header(created, "Location")).startsWith("http://localhost:" + server.getPort());
    assertThat(header(created, "Upload-Offset")).isEqualTo("1000000");
    assertThat(wrong.statusCode()).isEqualTo(409);
    assertThat(header(wrong, "Upload-Offset")).isEqualTo("1000000");
    assertThat(header(head, "Upload-Offset")).isEqualTo("1000000");
    assertThat(header(head, "Tus-Resumable")).isEqualTo("1.0.0");
    assertThat(rest.statusCode()).isEqualTo(204);
    assertThat(client.get(upload).body()).isEqualTo(content);
    assertThat(client.delete(upload).statusCode()).isEqualTo(204);
    assertThat(client.head(upload).statusCode()).isEqualTo(404);
  }

  @Test
  void whoSpeaksHttp11ThereIsServedToo() throws Exception {
    String upload = client.create(11);
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          TusClient.patchHead(upload, "Transfer-Encoding: chunked", "Trailer: Upload-Checksum"));
      raw.send(bytes("b\r\nhello world\r\n0\r\n"));
      raw.send(bytes("Upload-Checksum: " + CHECKSUM + "\r\n\r\n"));

      assertThat(raw.answer()).startsWith("HTTP/1.1 204");
    }
  }

  @Test
  void partsArePutTogether() throws Exception {
    String first = client.create(2, "Upload-Concat", "partial");
    String second = client.create(2, "Upload-Concat", "partial");
    client.patch(first, 0, bytes("ab"));
    client.patch(second, 0, bytes("cd"));

    String whole = TusClient.path(client.post("Upload-Concat", "final;" + first + " " + second));

    assertThat(client.get(whole).body()).isEqualTo(bytes("abcd"));
  }

  @ParameterizedTest
  @ValueSource(strings = {CHECKSUM, "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="})
  void aChecksumIsHeldTo(String checksum) throws Exception {
    String upload = client.create(11);

    HttpResponse<byte[]> answer =
        client.patch(upload, 0, bytes("hello world"), "Upload-Checksum", checksum);

    assertThat(answer.statusCode()).isEqualTo(checksum.equals(CHECKSUM) ? 204 : 460);
  }

  @ParameterizedTest
  @CsvSource({
    "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=, true, 204",
    "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=, false, 204",
    "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=, true, 460",
    "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=, false, 460"
  })
  void aChecksumMayFollowTheBody(String checksum, boolean atOnce, String status) throws Exception {
    String upload = client.create(11);
    try (Http2Client raw = new Http2Client(server)) {
      raw.request(1, "PATCH", upload, TusClient.patchFields("trailer", "upload-checksum"));
      raw.data(1, bytes("hello "));
      if (!atOnce) {
        raw.flush();
        Thread.sleep(300);
      }
      raw.data(1, bytes("world")).trailer(1, "upload-checksum", checksum).flush();

      assertThat(raw.answer(1).status()).hasToString(status);
    }

    assertThat(header(client.head(upload), "Upload-Offset"))
        .isEqualTo(status.equals("204") ? "11" : "0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTrailerThatNobodyAskedForEndsTheBodyToo(boolean atOnce) throws Exception {
    String upload = client.create(11);
    try (Http2Client raw = new Http2Client(server)) {
      raw.request(1, "PATCH", upload, TusClient.patchFields());
      raw.data(1, bytes("hello world"));
      if (!atOnce) {
        raw.flush();
        Thread.sleep(300);
      }
      raw.trailer(1, "x-other", "y").flush();

      assertThat(raw.answer(1).status()).hasToString("204");
    }
  }
}
