package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.core.testing.InMemoryChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.RawClient;
import dev.upload.http.WatchedStore;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 12: DELETE ends an upload for good and frees all of it. */
@MicronautTest(rebuildContext = true)
class TerminationTest {

  @Inject EmbeddedServer server;
  @Inject WatchedStore watched;
  @Inject InMemorySessions sessions;
  @Inject InMemoryChunkStore store;
  @Inject FaultyChunkStore faulty;

  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "he", "hello"})
  void anUploadIsGoneWithEverythingWhetherFinishedOrNot(String sent) throws Exception {
    String upload = client.create(5);
    client.patch(upload, 0, bytes(sent));

    HttpResponse<byte[]> answer = client.delete(upload);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(client.head(upload).statusCode()).isIn(404, 410);
    assertThat(client.patch(upload, 0, bytes("x")).statusCode()).isIn(404, 410);
    assertThat(client.get(upload).statusCode()).isIn(404, 410);
    assertThat(client.delete(upload).statusCode()).isIn(404, 410);
    assertThat(sessions.count()).isZero();
    assertThat(store.isEmpty()).isTrue();
  }

  @Test
  void anUploadThatCannotBeFinishedCanBeEnded() throws Exception {
    String upload = client.create(5);
    faulty.failAssemblies(100);
    client.patch(upload, 0, bytes("hello"));

    HttpResponse<byte[]> answer = client.delete(upload);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(sessions.count()).isZero();
    assertThat(store.isEmpty()).isTrue();
  }

  @Test
  void somebodyElsesUploadStays() throws Exception {
    String upload = client.create(5, "X-Owner", "alice");

    assertThat(client.delete(upload).statusCode()).isEqualTo(404);
    assertThat(client.head(upload, "X-Owner", "alice").statusCode()).isEqualTo(200);
  }

  @Test
  void whoeverIsSendingIsEnded() throws Exception {
    String upload = client.create(100);
    long before = watched.taken();
    try (RawClient raw = new RawClient(server)) {
      raw.head(TusClient.patchHead(upload, "Content-Length: 100"));
      raw.send(bytes("hello"));
      assertThat(watched.hasTaken(before, 5)).isTrue();

      HttpResponse<byte[]> answer = client.delete(upload);

      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(raw.answer()).contains(" 4");
    }
    assertThat(client.head(upload).statusCode()).isIn(404, 410);
    assertThat(store.isEmpty()).isTrue();
  }

  @Test
  void withoutAVersionAFinishedUploadStays() throws Exception {
    String upload = client.create(5);
    client.patch(upload, 0, bytes("hello"));

    HttpResponse<byte[]> answer = client.plain("DELETE", upload, BodyPublishers.noBody());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(client.get(upload).statusCode()).isEqualTo(200);
  }
}
