package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.base64;
import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.http.Browser;
import dev.upload.http.ClientFile;
import dev.upload.http.RawClient;
import dev.upload.http.WatchedStore;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 2: HEAD tells where an upload stands, and everything that was said of it. */
@MicronautTest(rebuildContext = true)
class HeadTest {

  @Inject EmbeddedServer server;
  @Inject WatchedStore watched;
  @Inject FaultyChunkStore store;

  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  @Test
  void theOffsetIsThereFromTheFirstByteToTheLast() throws Exception {
    String upload = client.create(5);
    HttpResponse<byte[]> before = client.head(upload);
    client.patch(upload, 0, bytes("he"));
    HttpResponse<byte[]> between = client.head(upload);
    client.patch(upload, 2, bytes("llo"));
    HttpResponse<byte[]> after = client.head(upload);

    assertThat(before.statusCode()).isEqualTo(200);
    assertThat(header(before, "Upload-Offset")).isEqualTo("0");
    assertThat(header(between, "Upload-Offset")).isEqualTo("2");
    assertThat(header(after, "Upload-Offset")).isEqualTo("5");
    assertThat(header(after, "Upload-Length")).isEqualTo("5");
    assertThat(header(after, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void aLengthThatIsNotKnownIsDeferred() throws Exception {
    HttpResponse<byte[]> answer = client.head(client.createDeferred());

    assertThat(header(answer, "Upload-Defer-Length")).isEqualTo("1");
    assertThat(answer.headers().firstValue("Upload-Length")).isEmpty();
    assertThat(header(answer, "Upload-Offset")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filename d29ybGQucGRm,is_confidential",
        "is_confidential ,filename d29ybGQucGRm",
        "a YQ==, b Yg==",
        "binary /////w=="
      })
  void metadataComesBackExactlyAsItWasSent(String metadata) throws Exception {
    String upload = client.create(5, "Upload-Metadata", metadata);

    assertThat(header(client.head(upload), "Upload-Metadata")).isEqualTo(metadata);
  }

  @Test
  void whatItWasPutTogetherOfComesBackToo() throws Exception {
    String part = client.create(5, "Upload-Concat", "partial");
    String whole = TusClient.path(client.post("Upload-Concat", "final;" + part + " " + part));

    assertThat(header(client.head(part), "Upload-Concat")).isEqualTo("partial");
    assertThat(header(client.head(whole), "Upload-Concat")).isEqualTo("final;" + part + " " + part);
  }

  @Test
  void anUploadThatIsNotThereHasNoOffset() throws Exception {
    HttpResponse<byte[]> answer = client.head("/files/0123456789abcdef");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Upload-Offset")).isEmpty();
  }

  @Test
  void somebodyElsesUploadIsNotThere() throws Exception {
    String upload = client.create(5, "X-Owner", "alice");

    assertThat(client.head(upload).statusCode()).isEqualTo(404);
    assertThat(client.head(upload, "X-Owner", "alice").statusCode()).isEqualTo(200);
  }

  @Test
  void theAnswerHasNoBodyAndTheConnectionServesOn() throws Exception {
    String upload = client.create(5);
    try (RawClient raw = new RawClient(server)) {
      for (int i = 0; i < 2; i++) {
        raw.head("HEAD " + upload + " HTTP/1.1", "Tus-Resumable: 1.0.0");

        assertThat(raw.answer().toLowerCase(Locale.ROOT))
            .startsWith("http/1.1 200")
            .contains("content-length: 0\r\n")
            .doesNotContain("connection: close");
      }
      raw.head("HEAD /files/0123456789abcdef HTTP/1.1", "Tus-Resumable: 1.0.0");

      assertThat(raw.answer()).startsWith("HTTP/1.1 404").endsWith("\r\n\r\n");
    }
  }

  @Test
  void withoutAVersionItIsTheDownloads() throws Exception {
    String upload = client.create(5);
    client.patch(upload, 0, bytes("hello"));

    HttpResponse<byte[]> answer = client.plain("HEAD", upload, BodyPublishers.noBody());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Length")).isEqualTo("5");
    assertThat(header(answer, "Upload-Complete")).isEqualTo("?1"); // for clients of the draft
    assertThat(answer.headers().firstValue("Upload-Metadata")).isEmpty();
  }

  /** A client takes a 5xx for the end of its upload and begins another one. */
  @Test
  void whatCannotBeAnsweredNowIs423() throws Exception {
    String upload = client.create(5);
    store.failAssemblies(3);
    HttpResponse<byte[]> last = client.patch(upload, 0, bytes("hello"));

    HttpResponse<byte[]> failed = client.head(upload);
    client.head(upload);
    HttpResponse<byte[]> mended = client.head(upload);

    assertThat(last.statusCode()).isEqualTo(503);
    assertThat(failed.statusCode()).isEqualTo(423);
    assertThat(mended.statusCode()).isEqualTo(200);
    assertThat(header(mended, "Upload-Offset")).isEqualTo("5");
  }

  @Test
  void anUploadBegunByResumableJsIsSeenTooAndGoesOnWithItsChunks() throws Exception {
    ClientFile file = new ClientFile("a b.bin", new byte[2_500], 1_000);
    String answer = new Browser(server).postOctet(file, 1).body();
    String upload = "/files/" + answer.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");

    HttpResponse<byte[]> head = client.head(upload);
    HttpResponse<byte[]> again = client.patch(upload, 0, file.chunk(1));
    HttpResponse<byte[]> next = client.patch(upload, 1_000, file.chunk(2));

    assertThat(header(head, "Upload-Offset")).isEqualTo("1000");
    assertThat(header(head, "Upload-Length")).isEqualTo("2500");
    assertThat(header(head, "Upload-Metadata")).contains("filename " + base64("a b.bin"));
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(header(next, "Upload-Offset")).isEqualTo("2500");
    assertThat(client.get(upload).body()).hasSize(2_500);
  }

  @Test
  void askingEndsNoChunkOfResumableJs() throws Exception {
    byte[] content = Bytes.random(20_000, 1);
    ClientFile file = new ClientFile("a.bin", content, 10_000);
    String answer = new Browser(server).postOctet(file, 2).body();
    String upload = "/files/" + answer.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
    long before = watched.taken();
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          "POST /uploads?" + ClientFile.query(file.parameters(1)) + " HTTP/1.1",
          "Content-Length: 10000");
      raw.send(Arrays.copyOf(content, 5_000));
      assertThat(watched.hasTaken(before, 5_000)).isTrue();

      HttpResponse<byte[]> head = client.head(upload);
      raw.send(Arrays.copyOfRange(content, 5_000, 10_000));

      assertThat(header(head, "Upload-Offset")).isEqualTo("0");
      assertThat(raw.answer()).startsWith("HTTP/1.1 200");
    }
    assertThat(client.get(upload).body()).isEqualTo(content);
  }
}
