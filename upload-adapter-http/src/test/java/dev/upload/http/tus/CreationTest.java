package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.base64;
import static dev.upload.http.tus.TusClient.body;
import static dev.upload.http.tus.TusClient.bytes;
import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.FaultyChunkStore;
import dev.upload.core.testing.InMemoryChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.Eventually;
import dev.upload.http.RawClient;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules 6, 7 and 8: creation, creation with the first bytes, creation without a length. */
@MicronautTest(rebuildContext = true)
class CreationTest {

  private static final long TOO_LONG = 100L * 1024 * 1024 * 1024 + 1;

  @Inject EmbeddedServer server;
  @Inject InMemorySessions sessions;
  @Inject InMemoryChunkStore store;
  @Inject FaultyChunkStore faulty;

  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  // ---- rule 6

  @Test
  void anUploadHasAUrlOfItsOwnThatNobodyCanGuess() throws Exception {
    HttpResponse<byte[]> answer = client.post("Upload-Length", "5");
    String other = client.create(5);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(header(answer, "Location"))
        .matches("http://localhost:\\d+/files/[0-9a-f]{32}")
        .doesNotContain(other);
    assertThat(answer.headers().firstValue("Upload-Offset")).isEmpty();
  }

  @Test
  void anEndpointMayEndWithASlash() throws Exception {
    HttpResponse<byte[]> answer =
        client.send("POST", "/files/", BodyPublishers.noBody(), "Upload-Length", "5");

    assertThat(answer.statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 1", "5, 0", "'', 0", "'', 2", "'', yes", "'', ''", "-1, ''", "abc, ''", "1.5, ''"
  })
  void aLengthIsSaidOrDeferredAndNothingElse(String length, String deferred) throws Exception {
    HttpResponse<byte[]> answer =
        length.isEmpty()
            ? deferred.isEmpty() ? client.post() : client.post("Upload-Defer-Length", deferred)
            : deferred.isEmpty()
                ? client.post("Upload-Length", length)
                : client.post("Upload-Length", length, "Upload-Defer-Length", deferred);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(sessions.count()).isZero();
  }

  @Test
  void anUploadWithoutAByteIsFinishedAtOnce() throws Exception {
    String upload = client.create(0);

    HttpResponse<byte[]> head = client.head(upload);

    assertThat(header(head, "Upload-Offset")).isEqualTo("0");
    assertThat(header(head, "Upload-Length")).isEqualTo("0");
    assertThat(client.get(upload).statusCode()).isEqualTo(200);
    assertThat(client.get(upload).body()).isEmpty();
    assertThat(client.patch(upload, 0, new byte[0]).statusCode()).isEqualTo(204);
  }

  @Test
  void whatIsBeyondTheLimitIs413() throws Exception {
    HttpResponse<byte[]> answer = client.post("Upload-Length", Long.toString(TOO_LONG));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(body(answer)).contains("\"limit\":" + (TOO_LONG - 1));
    assertThat(sessions.count()).isZero();
  }

  @Test
  void aBodyOfAnotherTypeIsNobodys() throws Exception {
    HttpResponse<byte[]> answer =
        client.send(
            "POST",
            "/files",
            BodyPublishers.ofString("{\"a\": 1}"),
            "Content-Type",
            "application/json",
            "Upload-Length",
            "5");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(header(client.head(TusClient.path(answer)), "Upload-Offset")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "Upload-Length: 107374182401, 413",
    "Upload-Length: none, 400",
    "Upload-Length: 1, 413",
    "Upload-Metadata: a !, 400"
  })
  void whoAsksFirstIsRefusedBeforeAByteIsSent(String header, int status) throws Exception {
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          "POST /files HTTP/1.1",
          "Tus-Resumable: 1.0.0",
          header,
          header.startsWith("Upload-Length") ? "X-Nothing: 0" : "Upload-Length: 10",
          "Content-Type: " + TusClient.TYPE,
          "Content-Length: 5",
          "Expect: 100-continue");

      assertThat(raw.answer())
          .startsWith("HTTP/1.1 " + status)
          .containsIgnoringCase("connection: close");
    }
    assertThat(sessions.count()).isZero();
  }

  @Test
  void whoAsksFirstIsToldToGoOnAfterTheChecks() throws Exception {
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          "POST /files HTTP/1.1",
          "Tus-Resumable: 1.0.0",
          "Upload-Length: 5",
          "Content-Type: " + TusClient.TYPE,
          "Content-Length: 5",
          "Expect: 100-continue");
      String permission = raw.answer();
      raw.send(bytes("hello"));

      assertThat(permission).startsWith("HTTP/1.1 100");
      assertThat(raw.answer()).startsWith("HTTP/1.1 201").containsIgnoringCase("upload-offset: 5");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Upload-Offset: 3, 409",
    "Upload-Offset: x, 400",
    "Upload-Checksum: sha0 AAAA, 400",
    "Content-Encoding: gzip, 415"
  })
  void whoAsksBeforeAnAppendIsRefusedBeforeAByteIsSent(String header, int status) throws Exception {
    String upload = client.create(5);
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          "PATCH " + upload + " HTTP/1.1",
          "Tus-Resumable: 1.0.0",
          header,
          header.startsWith("Upload-Offset") ? "X-Nothing: 0" : "Upload-Offset: 0",
          "Content-Type: " + TusClient.TYPE,
          "Content-Length: 5",
          "Expect: 100-continue");

      assertThat(raw.answer())
          .startsWith("HTTP/1.1 " + status)
          .containsIgnoringCase("connection: close");
    }
  }

  // ---- rule 7

  @Test
  void theFirstBytesMayComeAlong() throws Exception {
    HttpResponse<byte[]> part = client.post(bytes("he"), "Upload-Length", "5");
    HttpResponse<byte[]> all = client.post(bytes("hello"), "Upload-Length", "5");
    String upload = TusClient.path(part);

    assertThat(part.statusCode()).isEqualTo(201);
    assertThat(header(part, "Upload-Offset")).isEqualTo("2");
    assertThat(header(client.patch(upload, 2, bytes("llo")), "Upload-Offset")).isEqualTo("5");
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
    assertThat(header(all, "Upload-Offset")).isEqualTo("5");
    assertThat(client.get(TusClient.path(all)).body()).isEqualTo(bytes("hello"));
  }

  @Test
  void noneOfThemMayComeAlong() throws Exception {
    HttpResponse<byte[]> answer = client.post(new byte[0], "Upload-Length", "5");
    HttpResponse<byte[]> empty = client.post(new byte[0], "Upload-Length", "0");

    assertThat(header(answer, "Upload-Offset")).isEqualTo("0");
    assertThat(empty.statusCode()).isEqualTo(201);
    assertThat(header(empty, "Upload-Offset")).isEqualTo("0");
  }

  @Test
  void moreThanTheLengthIsRefusedAndLeavesNothing() throws Exception {
    HttpResponse<byte[]> answer = client.post(bytes("hello!"), "Upload-Length", "5");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(sessions.count()).isZero();
    assertThat(store.isEmpty()).isTrue();
  }

  @Test
  void anUploadWhoseFirstBodyBreaksSurvives() throws Exception {
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          "POST /files HTTP/1.1",
          "Tus-Resumable: 1.0.0",
          "Upload-Length: 100",
          "Upload-Metadata: filename " + base64("a.txt"),
          "Content-Type: " + TusClient.TYPE,
          "Content-Length: 100");
      raw.send(bytes("hello"));
      assertThat(Eventually.holds(() -> sessions.count() == 1)).isTrue();
      raw.reset();
    }

    // asked of the record: a HEAD would end the request that is still on its way out
    assertThat(Eventually.holds(() -> survivor().offset() == 5)).isTrue();
    String upload = "/files/" + survivor().id();
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("5");
    assertThat(client.patch(upload, 5, Bytes.random(95, 1)).statusCode()).isEqualTo(204);
  }

  @Test
  void anUploadWhoseFirstBodyBreaksBeforeItsFirstByteDoesNot() throws Exception {
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          "POST /files HTTP/1.1",
          "Tus-Resumable: 1.0.0",
          "Upload-Length: 100",
          "Content-Type: " + TusClient.TYPE,
          "Content-Length: 100",
          "Expect: 100-continue");
      assertThat(raw.answer()).startsWith("HTTP/1.1 100 ");
      assertThat(sessions.count()).isEqualTo(1);
      raw.reset();
    }

    assertThat(Eventually.holds(() -> sessions.count() == 0)).isTrue();
  }

  private UploadSession survivor() {
    return sessions.untouchedSince(UploadState.OPEN, Instant.MAX, 1).getFirst();
  }

  @Test
  void aStoreThatFailsTheFirstBytesLeavesNothing() throws Exception {
    faulty.failAssemblies(1);

    HttpResponse<byte[]> answer = client.post(bytes("hello"), "Upload-Length", "5");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(sessions.count()).isZero();
  }

  // ---- rule 8

  @Test
  void aDeferredLengthIsSaidWithTheLastBytes() throws Exception {
    String upload = client.createDeferred();
    client.patch(upload, 0, bytes("hel"));

    HttpResponse<byte[]> last = client.patch(upload, 3, bytes("lo"), "Upload-Length", "5");

    assertThat(last.statusCode()).isEqualTo(204);
    assertThat(header(last, "Upload-Offset")).isEqualTo("5");
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
    assertThat(client.head(upload).headers().firstValue("Upload-Defer-Length")).isEmpty();
  }

  @Test
  void aDeferredLengthIsSaidWithoutABody() throws Exception {
    String upload = client.createDeferred();
    client.patch(upload, 0, bytes("hello"));

    HttpResponse<byte[]> last = client.patch(upload, 5, new byte[0], "Upload-Length", "5");

    assertThat(last.statusCode()).isEqualTo(204);
    assertThat(header(last, "Upload-Offset")).isEqualTo("5");
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @Test
  void aDeferredLengthMayBeSaidBeforeTheLastBytes() throws Exception {
    String upload = client.createDeferred();

    HttpResponse<byte[]> early = client.patch(upload, 0, bytes("he"), "Upload-Length", "5");

    assertThat(header(early, "Upload-Offset")).isEqualTo("2");
    assertThat(header(client.head(upload), "Upload-Length")).isEqualTo("5");
  }

  @Test
  void aLengthIsSaidOnce() throws Exception {
    String upload = client.create(5);

    HttpResponse<byte[]> other = client.patch(upload, 0, bytes("he"), "Upload-Length", "6");
    HttpResponse<byte[]> same = client.patch(upload, 0, bytes("he"), "Upload-Length", "5");

    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(same.statusCode()).isEqualTo(204);
    assertThat(header(client.head(upload), "Upload-Length")).isEqualTo("5");
  }

  @ParameterizedTest
  @CsvSource({"2, 400", "107374182401, 413", "abc, 400"})
  void aLengthThatCannotBeIsRefusedAndChangesNothing(String length, int status) throws Exception {
    String upload = client.createDeferred();
    client.patch(upload, 0, bytes("hel"));

    HttpResponse<byte[]> answer = client.patch(upload, 3, bytes("lo"), "Upload-Length", length);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("3");
    assertThat(header(client.head(upload), "Upload-Defer-Length")).isEqualTo("1");
  }

  @Test
  void moreBytesThanTheLengthThatIsSaidChangeNothing() throws Exception {
    String upload = client.createDeferred();

    HttpResponse<byte[]> answer = client.patch(upload, 0, bytes("hello"), "Upload-Length", "3");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(header(client.head(upload), "Upload-Defer-Length")).isEqualTo("1");
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }

  @Test
  void aWrongOffsetSaysNoLengthEither() throws Exception {
    String upload = client.createDeferred();

    HttpResponse<byte[]> answer = client.patch(upload, 3, bytes("lo"), "Upload-Length", "5");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(header(answer, "Upload-Offset")).isEqualTo("0");
    assertThat(header(client.head(upload), "Upload-Defer-Length")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void theLimitHoldsForUnknownLengthsToo(String method) throws Exception {
    String url = method.equals("POST") ? "/files" : client.createDeferred();
    try (RawClient raw = new RawClient(server)) {
      raw.head(
          method + " " + url + " HTTP/1.1",
          "Tus-Resumable: 1.0.0",
          method.equals("POST") ? "Upload-Defer-Length: 1" : "Upload-Offset: 0",
          "Content-Type: " + TusClient.TYPE,
          "Content-Length: " + TOO_LONG,
          "Expect: 100-continue");

      assertThat(raw.answer()).startsWith("HTTP/1.1 413");
    }
  }
}
