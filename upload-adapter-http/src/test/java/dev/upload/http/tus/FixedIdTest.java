package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.base64;
import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static dev.upload.http.tus.TusClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.RawClient;
import dev.upload.http.TestBeans;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Creations that name the same upload, as those over one signed URL do: none undoes another's. */
@MicronautTest(rebuildContext = true)
class FixedIdTest {

  private static final String ID = "0123456789abcdef";
  private static final String UPLOAD = "/files/" + ID;

  @Inject EmbeddedServer server;
  @Inject InMemorySessions sessions;
  @Inject FaultyChunkStore store;

  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  @Test
  void aFinishedUploadSurvivesItsCreationBeingRepeated() throws Exception {
    post("hello");

    HttpResponse<byte[]> again = post("hello");

    assertThat(path(again)).isEqualTo(UPLOAD);
    assertThat(header(again, "Upload-Offset")).isEqualTo("5");
    assertThat(client.get(UPLOAD).body()).isEqualTo(bytes("hello"));
  }

  @Test
  void whoRepeatsACreationIsToldWhereToGoOn() throws Exception {
    post("he");

    HttpResponse<byte[]> again = post("hel");

    assertThat(path(again)).isEqualTo(UPLOAD);
    assertThat(header(again, "Upload-Offset")).isEqualTo("2");
    assertThat(client.patch(UPLOAD, 2, bytes("llo")).statusCode()).isEqualTo(204);
    assertThat(client.get(UPLOAD).body()).isEqualTo(bytes("hello"));
  }

  @Test
  void anEmptyUploadOfAnotherRequestIsGoneOnWith() throws Exception {
    begin();

    HttpResponse<byte[]> first = post("hello");

    assertThat(header(first, "Upload-Offset")).isEqualTo("5");
    assertThat(client.get(UPLOAD).body()).isEqualTo(bytes("hello"));
  }

  @Test
  void anUploadThatAnotherRequestBeganSurvivesBytesThatAreRefused() throws Exception {
    begin();

    HttpResponse<byte[]> refused = post("hello", "Upload-Checksum", wrongChecksum());
    store.failWrites(1);
    HttpResponse<byte[]> failed = post("hello");

    assertThat(refused.statusCode()).isEqualTo(460);
    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(header(client.head(UPLOAD), "Upload-Offset")).isEqualTo("0");
  }

  @Test
  void whatARefusedRequestBeganItselfIsUndone() throws Exception {
    HttpResponse<byte[]> refused = post("hello", "Upload-Checksum", wrongChecksum());

    assertThat(refused.statusCode()).isEqualTo(460);
    assertThat(sessions.count()).isZero();
  }

  @Test
  void bytesThatAreAllThereSurviveAFinishingThatFailed() throws Exception {
    store.failAssemblies(1);

    HttpResponse<byte[]> failed = post("hello");
    HttpResponse<byte[]> again = post("hello");

    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(header(again, "Upload-Offset")).isEqualTo("5");
    assertThat(client.get(UPLOAD).body()).isEqualTo(bytes("hello"));
  }

  @Test
  void aCreationThatIsCutOffLeavesItsUploadToTheOneThatTookOver() throws Exception {
    try (RawClient stale = new RawClient(server)) {
      stale.head(
          "POST /files HTTP/1.1",
          "Tus-Resumable: 1.0.0",
          "Upload-Length: 5",
          "Content-Type: " + TusClient.TYPE,
          "Content-Length: 5",
          "Expect: 100-continue",
          TestBeans.SINGLE + ": " + ID);
      assertThat(stale.answer()).startsWith("HTTP/1.1 100 ");

      HttpResponse<byte[]> newer = post("hello");

      assertThat(stale.answer()).startsWith("HTTP/1.1 423");
      assertThat(header(newer, "Upload-Offset")).isEqualTo("5");
    }
    assertThat(client.get(UPLOAD).body()).isEqualTo(bytes("hello"));
  }

  private void begin() throws Exception {
    client.create(5, TestBeans.SINGLE, ID);
  }

  private HttpResponse<byte[]> post(String text) throws Exception {
    return client.post(bytes(text), "Upload-Length", "5", TestBeans.SINGLE, ID);
  }

  private HttpResponse<byte[]> post(String text, String name, String value) throws Exception {
    return client.post(bytes(text), "Upload-Length", "5", TestBeans.SINGLE, ID, name, value);
  }

  private static String wrongChecksum() {
    return "sha1 " + base64(new byte[20]);
  }
}
