package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.base64;
import static dev.upload.http.tus.TusClient.body;
import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.InMemoryChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.Eventually;
import dev.upload.http.RawClient;
import dev.upload.http.WatchedStore;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 11: what is sent with a checksum counts if it is right, and else not a byte of it. */
@MicronautTest(rebuildContext = true)
class ChecksumTest {

  @Inject EmbeddedServer server;
  @Inject InMemorySessions sessions;
  @Inject InMemoryChunkStore store;
  @Inject WatchedStore watched;

  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  @ParameterizedTest
  @CsvSource({"sha1, SHA-1", "md5, MD5", "sha256, SHA-256", "sha384, SHA-384", "sha512, SHA-512"})
  void aRightChecksumIs204AndAWrongOneIs460(String name, String algorithm) throws Exception {
    byte[] content = Bytes.random(200_000, 1);
    String right = name + " " + base64(MessageDigest.getInstance(algorithm).digest(content));
    String wrong = name + " " + base64(MessageDigest.getInstance(algorithm).digest(bytes("x")));
    String upload = client.create(content.length);

    HttpResponse<byte[]> refused = client.patch(upload, 0, content, "Upload-Checksum", wrong);
    String between = header(client.head(upload), "Upload-Offset");
    HttpResponse<byte[]> taken = client.patch(upload, 0, content, "Upload-Checksum", right);

    assertThat(refused.statusCode()).isEqualTo(460);
    assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(between).isEqualTo("0");
    assertThat(taken.statusCode()).isEqualTo(204);
    assertThat(header(taken, "Upload-Offset")).isEqualTo("200000");
    assertThat(client.get(upload).body()).isEqualTo(content);
  }

  @Test
  void theSpecificationsOwnExampleHolds() throws Exception {
    String upload = client.create(11);

    HttpResponse<byte[]> answer =
        client.patch(
            upload,
            0,
            bytes("hello world"),
            "Upload-Checksum",
            "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "Upload-Offset")).isEqualTo("11");
  }

  @Test
  void crc32IsFourBytes() throws Exception {
    CRC32 crc = new CRC32();
    crc.update(bytes("hello"));
    String upload = client.create(5);

    HttpResponse<byte[]> answer =
        client.patch(
            upload,
            0,
            bytes("hello"),
            "Upload-Checksum",
            "crc32 " + base64(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array()));

    assertThat(answer.statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha0 AAAA", "SHA1 AAAA", "sha1", "", "sha1 ???", "AAAA"})
  void whatCannotBeCheckedIs400(String checksum) throws Exception {
    String upload = client.create(5);

    HttpResponse<byte[]> answer =
        client.patch(upload, 0, bytes("hello"), "Upload-Checksum", checksum);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(body(answer)).contains("Upload-Checksum");
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }

  @Test
  void aChecksumOfAnotherSizeMatchesNothing() throws Exception {
    String upload = client.create(5);

    assertThat(client.patch(upload, 0, bytes("hello"), "Upload-Checksum", "sha1 AAAA").statusCode())
        .isEqualTo(460);
  }

  @Test
  void theFirstBytesAreCheckedToo() throws Exception {
    HttpResponse<byte[]> refused =
        client.post(
            bytes("hello world"),
            "Upload-Length",
            "11",
            "Upload-Checksum",
            "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    int left = sessions.count();
    boolean empty = store.isEmpty();
    HttpResponse<byte[]> taken =
        client.post(
            bytes("hello world"),
            "Upload-Length",
            "11",
            "Upload-Checksum",
            "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=");

    assertThat(refused.statusCode()).isEqualTo(460);
    assertThat(left).isZero();
    assertThat(empty).isTrue();
    assertThat(taken.statusCode()).isEqualTo(201);
    assertThat(header(taken, "Upload-Offset")).isEqualTo("11");
  }

  @Test
  void aBrokenConnectionUnderAChecksumKeepsNothing() throws Exception {
    String upload = client.create(11);
    long before = watched.taken();
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          TusClient.patchHead(
              upload, "Content-Length: 11", "Upload-Checksum: sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="));
      raw.send(bytes("hello"));
      assertThat(watched.hasTaken(before, 5)).isTrue();
      raw.reset();
    }

    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }

  // ---- the checksum behind the body

  @ParameterizedTest
  @CsvSource({
    "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=, 204, 11",
    "md5 XrY7u+Ae7tCTyyK7j1rNww==, 204, 11",
    "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=, 460, 0",
    "sha0 AAAA, 400, 0",
    "sha1, 400, 0"
  })
  void aChecksumMayFollowTheBody(String checksum, int status, String offset) throws Exception {
    String upload = client.create(11);
    try (RawClient raw = new RawClient(server)) {
      raw.head(chunked(upload, "Trailer: Upload-Checksum"));
      raw.send(bytes("5\r\nhello\r\n"));
      Thread.sleep(200); // so that the body is streamed
      raw.send(bytes("6\r\n world\r\n0\r\nUpload-Checksum: " + checksum + "\r\n\r\n"));

      assertThat(raw.answer()).startsWith("HTTP/1.1 " + status);
    }

    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo(offset);
  }

  @Test
  void aChecksumMayFollowABodyThatComesAtOnceAndTheNextRequestHasItsOwn() throws Exception {
    String first = client.create(11);
    String second = client.create(11);
    try (RawClient raw = new RawClient(server)) {
      raw.head(chunked(first, "Trailer: X-Other, upload-checksum"));
      raw.send(bytes("b\r\nhello world\r\n0\r\n"));
      raw.send(bytes("upload-checksum: sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=\r\n\r\n"));
      String taken = raw.answer();
      raw.head(chunked(second, "Trailer: Upload-Checksum"));
      raw.send(bytes("b\r\nhello world\r\n0\r\n\r\n"));

      assertThat(taken).startsWith("HTTP/1.1 204");
      assertThat(raw.answer()).startsWith("HTTP/1.1 400"); // announced, but it did not come
    }

    assertThat(header(client.head(second), "Upload-Offset")).isEqualTo("0");
  }

  @Test
  void aChecksumBothBeforeAndBehindIs400() throws Exception {
    String upload = client.create(11);
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          chunked(
              upload,
              "Trailer: Upload-Checksum\r\nUpload-Checksum: sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="));
      raw.send(bytes("b\r\nhello world\r\n0\r\n\r\n"));

      assertThat(raw.answer()).startsWith("HTTP/1.1 400");
    }
  }

  private static String[] chunked(String upload, String header) {
    return new String[] {
      "PATCH " + upload + " HTTP/1.1",
      "Tus-Resumable: 1.0.0",
      "Upload-Offset: 0",
      "Content-Type: " + TusClient.TYPE,
      "Transfer-Encoding: chunked",
      header
    };
  }

  @Test
  void nobodySeesBytesBeforeTheyAreChecked() throws Exception {
    String upload = client.create(11);
    long before = watched.taken();
    try (RawClient raw = new RawClient(server)) {
      raw.head(chunked(upload, "Trailer: Upload-Checksum"));
      raw.send(bytes("b\r\nhello world\r\n"));
      assertThat(watched.hasTaken(before, 11)).isTrue();

      assertThat(client.get(upload).statusCode()).isEqualTo(409);
      assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0"); // and ends it
      assertThat(raw.answer()).startsWith("HTTP/1.1 423");
    }
    assertThat(Eventually.holds(() -> watched.open() == 0)).isTrue();
  }
}
