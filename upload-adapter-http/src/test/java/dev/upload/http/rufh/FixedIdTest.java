package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.body;
import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.Eventually;
import dev.upload.http.RawClient;
import dev.upload.http.TestBeans;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Creations that name the same upload, as those over one signed URL do: none undoes another's. */
@MicronautTest
class FixedIdTest {

  @Inject EmbeddedServer server;
  @Inject InMemorySessions sessions;
  @Inject FaultyChunkStore store;

  private final String id = UUID.randomUUID().toString();
  private final String upload = "/files/" + id;

  @EveryVersion
  void aFinishedUploadSurvivesItsCreationBeingRepeated(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    client.create(bytes("hello"), true, TestBeans.SINGLE, id);

    HttpResponse<byte[]> again = client.create(bytes("hello"), true, TestBeans.SINGLE, id);

    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(header(again, "Location")).isEqualTo(server.getURI() + upload);
    assertThat(client.complete(client.head(upload))).isEqualTo("?1");
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @EveryVersion
  void whoRepeatsACreationIsToldWhereToGoOn(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String[] five = {"Upload-Length", "5", TestBeans.SINGLE, id};
    client.create(bytes("he"), false, five);

    HttpResponse<byte[]> again = client.create(bytes("hello"), true, five);

    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(body(again)).contains("#mismatching-upload-offset", "\"expected-offset\":2");
    assertThat(header(again, "Location")).isEqualTo(server.getURI() + upload);
    assertThat(header(again, "Upload-Offset")).isEqualTo("2");
    assertThat(client.append(upload, 2, bytes("llo"), true).statusCode()).isEqualTo(201);
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @EveryVersion
  void anUploadThatAnotherRequestBeganSurvivesBytesThatAreRefused(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String[] five = {"Upload-Length", "5", TestBeans.SINGLE, id};
    client.begin(five);

    HttpResponse<byte[]> refused =
        client.create(
            bytes("hello"),
            true,
            TestBeans.SINGLE,
            id,
            "Content-Digest",
            "sha-256=:" + Base64.getEncoder().encodeToString(new byte[32]) + ":");
    store.failWrites(1);
    HttpResponse<byte[]> failed = client.create(bytes("hello"), true, five);
    HttpResponse<byte[]> right = client.create(bytes("hello"), true, five);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(right.statusCode()).isEqualTo(201);
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @EveryVersion
  void aCreationThatIsCutOffLeavesItsUploadToTheOneThatTookOver(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    try (RawClient stale = new RawClient(server)) {
      int before = sessions.count();
      stale.head(
          client.lines("POST /files", true, "Content-Length: 5", TestBeans.SINGLE + ": " + id));
      assertThat(Eventually.holds(() -> sessions.count() > before)).isTrue();

      HttpResponse<byte[]> newer = client.create(bytes("hello"), true, TestBeans.SINGLE, id);

      assertThat(newer.statusCode()).isEqualTo(201);
      if (version > 0) {
        assertThat(stale.answer()).startsWith("HTTP/1.1 104");
      }
      stale.answer();
    }
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @Test
  void anotherDigestOfTheWholeThanTheOneThatIsCheckedIsRefused() throws Exception {
    RufhClient client = new RufhClient(server);
    client.begin("Upload-Length", "5", TestBeans.SINGLE, id);

    HttpResponse<byte[]> answer =
        client.create(
            bytes("hello"),
            true,
            TestBeans.SINGLE,
            id,
            "Repr-Digest",
            "sha-256=:" + Base64.getEncoder().encodeToString(new byte[32]) + ":");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }
}
