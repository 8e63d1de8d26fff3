package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.http.Eventually;
import dev.upload.http.RawClient;
import dev.upload.http.WatchedStore;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules 3 and 4: PATCH appends where the upload ends, and may be repeated at its end. */
@MicronautTest(rebuildContext = true)
class PatchTest {

  private static final int MIB = 1024 * 1024;

  @Inject EmbeddedServer server;
  @Inject WatchedStore watched;
  @Inject FaultyChunkStore store;

  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  @Test
  void everyAppendIs204WithTheNewOffset() throws Exception {
    byte[] content = Bytes.random(300_000, 1);
    String upload = client.create(content.length);

    HttpResponse<byte[]> first = client.patch(upload, 0, Arrays.copyOf(content, 100_000));
    HttpResponse<byte[]> second =
        client.patch(upload, 100_000, Arrays.copyOfRange(content, 100_000, 300_000));

    assertThat(first.statusCode()).isEqualTo(204);
    assertThat(header(first, "Upload-Offset")).isEqualTo("100000");
    assertThat(second.statusCode()).isEqualTo(204);
    assertThat(header(second, "Upload-Offset")).isEqualTo("300000");
    assertThat(client.get(upload).body()).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({
    "application/octet-stream, 415",
    "application/json, 415",
    "nonsense, 415",
    "application/offset+octet-stream; charset=utf-8, 204",
    "APPLICATION/Offset+Octet-Stream, 204"
  })
  void anotherMediaTypeIs415AndItsParametersDoNotMatter(String type, int status) throws Exception {
    String upload = client.create(5);

    HttpResponse<byte[]> answer =
        client.send(
            "PATCH",
            upload,
            BodyPublishers.ofString("hello"),
            "Content-Type",
            type,
            "Upload-Offset",
            "0");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo(status == 204 ? "5" : "0");
  }

  @Test
  void whatIsEncodedIs415() throws Exception {
    String upload = client.create(5);

    assertThat(client.patch(upload, 0, bytes("hello"), "Content-Encoding", "gzip").statusCode())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({"identity,gzip,415", "gzip,identity,415", "identity,identity,204"})
  void codingsMayBeOnSeveralLines(String first, String second, int status) throws Exception {
    String upload = client.create(5);
    String[] lines = {"Content-Encoding", first, "Content-Encoding", second};

    assertThat(client.patch(upload, 0, bytes("hello"), lines).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 5, Long.MAX_VALUE})
  void anotherOffsetIs409WithTheRightOneAndChangesNothing(long offset) throws Exception {
    String upload = client.create(5);
    client.patch(upload, 0, bytes("he"));

    HttpResponse<byte[]> answer = client.patch(upload, offset, bytes("x"));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(header(answer, "Upload-Offset")).isEqualTo("2");
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1.5", "abc", "0x1", "9223372036854775808"})
  void anOffsetThatIsNoneIs400(String offset) throws Exception {
    String upload = client.create(5);

    HttpResponse<byte[]> answer =
        client.send(
            "PATCH",
            upload,
            BodyPublishers.ofString("hello"),
            "Content-Type",
            TusClient.TYPE,
            "Upload-Offset",
            offset);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }

  @Test
  void anUploadThatIsNotThereIs404() throws Exception {
    assertThat(client.patch("/files/0123456789abcdef", 0, bytes("x")).statusCode()).isEqualTo(404);
  }

  @Test
  void moreThanTheLengthIs413AndChangesNothing() throws Exception {
    String upload = client.create(5);

    HttpResponse<byte[]> announced = client.patch(upload, 0, bytes("hello!"));
    HttpResponse<byte[]> streamed =
        client.patch(
            upload,
            0,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes("hello!"))));

    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(streamed.statusCode()).isEqualTo(413);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }

  @Test
  void aBodyOfUnknownLengthIsTaken() throws Exception {
    byte[] content = Bytes.random(3 * MIB, 1);
    String upload = client.create(content.length);

    HttpResponse<byte[]> answer =
        client.patch(
            upload, 0, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "Upload-Offset")).isEqualTo(Integer.toString(content.length));
    assertThat(client.get(upload).body()).isEqualTo(content);
  }

  @Test
  void whatArrivedBeforeTheConnectionBrokeIsKept() throws Exception {
    byte[] content = Bytes.random(4 * MIB, 1);
    String upload = client.create(content.length);
    long before = watched.taken();
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          "PATCH " + upload + " HTTP/1.1",
          "Tus-Resumable: 1.0.0",
          "Upload-Offset: 0",
          "Content-Type: " + TusClient.TYPE,
          "Content-Length: " + content.length);
      raw.send(Arrays.copyOf(content, 3 * MIB));
      assertThat(watched.hasTaken(before, 3 * MIB)).isTrue();
    }

    assertThat(Eventually.holds(() -> offset(upload) == 3 * MIB)).isTrue();
    client.patch(upload, 3 * MIB, Arrays.copyOfRange(content, 3 * MIB, 4 * MIB));
    assertThat(client.get(upload).body()).isEqualTo(content);
  }

  private long offset(String upload) {
    try {
      return Long.parseLong(header(client.head(upload), "Upload-Offset"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  @Test
  void chunksThatBreakOffKeepWhatCame() throws Exception {
    String upload = client.create(100);
    long before = watched.taken();
    try (RawClient raw = new RawClient(server)) {
      raw.head(TusClient.patchHead(upload, "Transfer-Encoding: chunked"));
      raw.send(bytes("5\r\nhello\r\n5\r\nwo"));
      assertThat(watched.hasTaken(before, 7)).isTrue();
    }

    assertThat(Eventually.holds(() -> offset(upload) == 7)).isTrue();
  }

  @Test
  void atTheEndOfAFinishedUploadItMayBeRepeated() throws Exception {
    String upload = client.create(5);
    client.patch(upload, 0, bytes("hello"));

    HttpResponse<byte[]> again = client.patch(upload, 5, new byte[0]);
    HttpResponse<byte[]> streamed =
        client.patch(
            upload, 5, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[0])));
    HttpResponse<byte[]> elsewhere = client.patch(upload, 0, bytes("hello"));
    HttpResponse<byte[]> more = client.patch(upload, 5, bytes("!"));

    assertThat(again.statusCode()).isEqualTo(204);
    assertThat(header(again, "Upload-Offset")).isEqualTo("5");
    assertThat(streamed.statusCode()).isEqualTo(204);
    assertThat(elsewhere.statusCode()).isEqualTo(409);
    assertThat(header(elsewhere, "Upload-Offset")).isEqualTo("5");
    assertThat(more.statusCode()).isEqualTo(413);
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @Test
  void finishingThatFailedIsDoneAgain() throws Exception {
    String upload = client.create(5);
    store.failAssemblies(1);

    HttpResponse<byte[]> failed = client.patch(upload, 0, bytes("hello"));
    HttpResponse<byte[]> again = client.patch(upload, 5, new byte[0]);

    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(header(failed, "Retry-After")).isNotEmpty();
    assertThat(again.statusCode()).isEqualTo(204);
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @Test
  void aStoreThatFailsIs503AndTheAppendMayBeRepeated() throws Exception {
    String upload = client.create(5);
    store.failWrites(1);

    HttpResponse<byte[]> failed = client.patch(upload, 0, bytes("hello"));

    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
    assertThat(client.patch(upload, 0, bytes("hello")).statusCode()).isEqualTo(204);
  }
}
