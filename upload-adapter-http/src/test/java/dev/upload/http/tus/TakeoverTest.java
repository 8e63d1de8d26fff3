package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import dev.upload.http.RawClient;
import dev.upload.http.WatchedStore;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 14: a client that comes back is never locked out by a request that it has given up. */
@MicronautTest(rebuildContext = true)
class TakeoverTest {

  private static final int KIB = 1024;

  @Inject EmbeddedServer server;
  @Inject WatchedStore watched;

  private final byte[] content = Bytes.random(100 * KIB, 1);
  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  @Test
  void aHeadEndsAStalePatchAndItsOffsetIsTaken() throws Exception {
    String upload = client.create(content.length);
    try (RawClient stale = stalePatch(upload)) {
      long begin = System.nanoTime();

      HttpResponse<byte[]> head = client.head(upload);

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      assertThat(header(head, "Upload-Offset")).isEqualTo(Integer.toString(10 * KIB));
      HttpResponse<byte[]> patch = client.patch(upload, 10 * KIB, rest());
      assertThat(patch.statusCode()).isEqualTo(204);
      assertThat(stale.answer()).startsWith("HTTP/1.1 423");
    }
    assertThat(client.get(upload).body()).isEqualTo(content);
  }

  /** Half of the network is gone: the server does not see that the client went. */
  private RawClient stalePatch(String upload) throws Exception {
    long before = watched.taken();
    RawClient stale = new RawClient(server);
    stale.head(
        "PATCH " + upload + " HTTP/1.1",
        "Tus-Resumable: 1.0.0",
        "Upload-Offset: 0",
        "Content-Type: " + TusClient.TYPE,
        "Content-Length: " + content.length);
    stale.send(Arrays.copyOf(content, 10 * KIB));
    assertThat(watched.hasTaken(before, 10 * KIB)).isTrue();
    return stale;
  }

  private byte[] rest() {
    return Arrays.copyOfRange(content, 10 * KIB, content.length);
  }

  @Test
  void aPatchEndsAStalePatchAndHearsTheOffset() throws Exception {
    String upload = client.create(content.length);
    try (RawClient stale = stalePatch(upload)) {
      long begin = System.nanoTime();

      HttpResponse<byte[]> early = client.patch(upload, 0, content);
      HttpResponse<byte[]> right = client.patch(upload, 10 * KIB, rest());

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      assertThat(early.statusCode()).isEqualTo(409);
      assertThat(header(early, "Upload-Offset")).isEqualTo(Integer.toString(10 * KIB));
      assertThat(right.statusCode()).isEqualTo(204);
      assertThat(stale.answer()).startsWith("HTTP/1.1 423");
    }
    assertThat(client.get(upload).body()).isEqualTo(content);
  }

  @Test
  void sayingTheLengthEndsAStalePatchToo() throws Exception {
    String upload = client.createDeferred();
    try (RawClient stale = stalePatch(upload)) {
      HttpResponse<byte[]> length =
          client.patch(upload, 10 * KIB, rest(), "Upload-Length", Integer.toString(content.length));

      assertThat(length.statusCode()).isEqualTo(204);
      assertThat(stale.answer()).startsWith("HTTP/1.1 423");
    }
    assertThat(client.get(upload).body()).isEqualTo(content);
  }

  @Test
  void aFinishedUploadIsNotHeldUpByAnybody() throws Exception {
    String upload = client.create(5);
    client.patch(upload, 0, bytes("hello"));

    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("5");
  }
}
