package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.body;
import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.Eventually;
import dev.upload.http.RawClient;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement 4: any request that can carry bytes begins an upload. */
@MicronautTest
class CreationTest {

  @Inject EmbeddedServer server;
  @Inject FaultyChunkStore store;
  @Inject InMemorySessions sessions;

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void everyMethodThatCarriesContentCreates(String method) throws Exception {
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> whole = client.create(method, bytes("hello"), true);
    HttpResponse<byte[]> part = client.create(method, bytes("hel"), false);

    assertThat(client.get(path(whole)).body()).isEqualTo(bytes("hello"));
    assertThat(header(client.head(path(part)), "Upload-Offset")).isEqualTo("3");
  }

  @EveryVersion
  void theWholeInOneRequestIsAnsweredAsAnUploadOfThatKindIs(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);

    HttpResponse<byte[]> answer = client.create(bytes("hello"), true);

    String upload = path(answer);
    assertThat(client.complete(answer)).isEqualTo("?1");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(body(answer))
        .contains("\"location\":\"" + upload + "\"", "\"length\":5", "\"state\":\"complete\"");
    assertThat(header(answer, "Upload-Offset")).isEqualTo(version >= 3 && version <= 6 ? "5" : "");
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @EveryVersion
  void aPartIsAnsweredWithWhereTheRestBelongs(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);

    HttpResponse<byte[]> answer = client.create(bytes("hello"), false);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(client.complete(answer)).isEqualTo("?0");
    assertThat(header(answer, "Location")).startsWith(server.getURI() + "/files/");
    assertThat(answer.headers().firstValue("Upload-Limit").isPresent())
        .isEqualTo(version == 0 || version >= 6);
    assertThat(header(answer, "Upload-Offset")).isEqualTo(version >= 3 && version <= 6 ? "5" : "");
    assertThat(header(client.head(path(answer)), "Upload-Offset")).isEqualTo("5");
  }

  @Test
  void theInterimResponseHasTheLimitsToo() throws Exception {
    RufhClient client = new RufhClient(server);
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.lines("POST /files", false, "Content-Length: 0"));

      String interim = raw.answer().toLowerCase(Locale.ROOT);
      String answer = raw.answer().toLowerCase(Locale.ROOT);

      assertThat(interim).startsWith("http/1.1 104").contains("\r\nupload-limit: max-size=");
      assertThat(field(answer, "location")).isEqualTo(field(interim, "location"));
      assertThat(field(answer, "upload-limit")).startsWith("max-size=");
    }
  }

  private static String field(String answer, String name) {
    return answer.replaceAll("(?s).*\r\n" + name + ": ([^\r]*)\r\n.*", "$1");
  }

  @EveryVersion
  void nothingIsABeginningAndAnEmptyWhole(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);

    HttpResponse<byte[]> beginning = client.create(new byte[0], false);
    HttpResponse<byte[]> whole = client.create(new byte[0], true);

    assertThat(client.complete(beginning)).isEqualTo("?0");
    assertThat(header(client.head(path(beginning)), "Upload-Offset")).isEqualTo("0");
    assertThat(client.complete(whole)).isEqualTo("?1");
    assertThat(client.get(path(whole)).statusCode()).isEqualTo(200);
    assertThat(client.get(path(whole)).body()).isEmpty();
  }

  @Test
  void nothingIsLeftOfAnUploadThatBrokeAndOfWhichNobodyWasTold() throws Exception {
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          new RufhClient(server, 0)
              .lines("POST /files", true, "Content-Length: 10", "X-Owner: untold"));
      assertThat(Eventually.holds(() -> keptOf("untold") == 0)).isTrue();
      raw.send(bytes("hello"));
    }

    assertThat(Eventually.holds(() -> keptOf("untold") == -1)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9, 10})
  void whatArrivedBeforeTheConnectionBrokeIsKeptAndNotComplete(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.lines("POST /files", true, "Content-Length: 10", "X-Owner: v" + version));
      raw.answer(); // a connection that is closed with something unread is reset
      assertThat(Eventually.holds(() -> keptOf("v" + version) == 0)).isTrue();
      raw.send(bytes("hello"));
    }

    assertThat(Eventually.holds(() -> keptOf("v" + version) == 5)).isTrue();
  }

  /** Returns how many bytes the one unfinished upload of {@code owner} holds. */
  private long keptOf(String owner) {
    return sessions.untouchedSince(UploadState.OPEN, Instant.MAX, 1_000).stream()
        .filter(session -> session.declaration().owner().equals(new Owner(owner)))
        .mapToLong(UploadSession::offset)
        .findAny()
        .orElse(-1);
  }

  @EveryVersion
  void theLengthIsTheOneThatIsSaidOrThatOfAllBytes(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);

    HttpResponse<byte[]> said = client.create(bytes("hello"), false, "Upload-Length", "11");
    HttpResponse<byte[]> both = client.create(bytes("hello"), true, "Upload-Length", "5");
    HttpResponse<byte[]> streamed =
        client.send(
            "POST",
            RufhClient.ENDPOINT,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes("hello"))),
            client.completeness(true));

    assertThat(header(client.head(path(said)), "Upload-Length")).isEqualTo("11");
    assertThat(header(client.head(path(both)), "Upload-Length")).isEqualTo("5");
    assertThat(header(client.head(path(streamed)), "Upload-Length")).isEqualTo("5");
  }

  @Test
  void theLengthOfAllBytesIsRecordedBeforeTheyCome() throws Exception {
    RufhClient client = new RufhClient(server);
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.lines("POST /files", true, "Content-Length: 10"));
      String upload = field(raw.answer(), "[Ll]ocation").replace("http://localhost", "");

      assertThat(header(client.head(upload), "Upload-Length")).isEqualTo("10");
    }
  }

  @ParameterizedTest
  @CsvSource({"true,4", "true,6", "false,4"})
  void lengthsThatContradictEachOtherAre400AndNothingIsBegun(boolean last, String length)
      throws Exception {
    RufhClient client = new RufhClient(server);
    int before = sessions.count();

    HttpResponse<byte[]> answer = client.create(bytes("hello"), last, "Upload-Length", length);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(body(answer))
        .contains(
            "\"type\":\"https://iana.org/assignments/http-problem-types#inconsistent-upload-length\"");
    assertThat(header(answer, "Upload-Complete")).isEqualTo("?0");
    assertThat(sessions.count()).isEqualTo(before);
  }

  @Test
  void withoutItsFieldARequestOfTheDraftIs400() throws Exception {
    RufhClient client = new RufhClient(server);

    HttpResponse<byte[]> answer =
        client.send("POST", RufhClient.ENDPOINT, BodyPublishers.ofString("hello"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(body(answer)).contains("Upload-Complete");
  }

  @Test
  void whatIsNobodysIsStillTussOrNobodys() throws Exception {
    RufhClient client = new RufhClient(server);

    assertThat(
            client
                .plain("POST", RufhClient.ENDPOINT, BodyPublishers.ofString("hello"))
                .statusCode())
        .isEqualTo(412);
    assertThat(
            client.plain("PUT", RufhClient.ENDPOINT, BodyPublishers.ofString("hello")).statusCode())
        .isEqualTo(405);
    assertThat(
            client
                .plain(
                    "POST",
                    RufhClient.ENDPOINT,
                    BodyPublishers.noBody(),
                    "Tus-Resumable",
                    "1.0.0",
                    "Upload-Complete",
                    "?1",
                    "Upload-Length",
                    "5")
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void aStoreThatFailsIs503AndTheUploadIsGoneOnWith() throws Exception {
    RufhClient client = new RufhClient(server);
    store.failWrites(1);
    try (RawClient raw = new RawClient(server)) {
      raw.head(client.lines("POST /files", true, "Content-Length: 5")).send(bytes("hello"));
      String upload = field(raw.answer(), "[Ll]ocation").replace("http://localhost", "");

      assertThat(raw.answer())
          .startsWith("HTTP/1.1 503")
          .containsIgnoringCase("\r\nUpload-Complete: ?0\r\n");
      assertThat(client.append(upload, 0, bytes("hello"), true).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void nothingIsLeftOfAFailureOfWhichTheClientDoesNotKnowWhereItIs() throws Exception {
    int before = sessions.count();
    store.failWrites(1);

    HttpResponse<byte[]> answer = new RufhClient(server, 0).create(bytes("hello"), true);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(sessions.count()).isEqualTo(before);
  }
}
