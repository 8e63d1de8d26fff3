package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.body;
import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.FaultyChunkStore;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement 6: PATCH appends and completes, and refuses what it cannot understand. */
@MicronautTest
class AppendTest {

  @Inject EmbeddedServer server;
  @Inject FaultyChunkStore store;

  @EveryVersion
  void bytesAreAppendedUntilTheClientSaysThatNothingFollows(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();

    HttpResponse<byte[]> first = client.append(upload, 0, bytes("hello"), false);
    HttpResponse<byte[]> last = client.append(upload, 5, bytes(" world"), true);

    boolean early = version >= 3 && version <= 6;
    assertThat(first.statusCode()).isEqualTo(early ? 201 : 204);
    assertThat(client.complete(first)).isEqualTo("?0");
    assertThat(header(first, "Upload-Offset")).isEqualTo(early ? "5" : "");
    assertThat(last.statusCode()).isEqualTo(201);
    assertThat(client.complete(last)).isEqualTo("?1");
    assertThat(header(last, "Upload-Offset")).isEqualTo(early ? "11" : "");
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello world"));
  }

  @EveryVersion
  void theLastAnswerIsTheOneThatTheCreationWouldHaveHad(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();

    HttpResponse<byte[]> appended = client.append(upload, 0, bytes("hello"), true);
    HttpResponse<byte[]> created = client.create(bytes("hello"), true);

    assertThat(appended.statusCode()).isEqualTo(created.statusCode());
    assertThat(header(appended, "Content-Type")).isEqualTo(header(created, "Content-Type"));
    assertThat(header(appended, "Location")).endsWith(upload);
    assertThat(body(appended)).contains("\"location\":\"" + upload + "\"", "\"length\":5");
  }

  @EveryVersion
  void nothingMayBeAppendedAndNothingMayComplete(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), false));

    HttpResponse<byte[]> empty = client.append(upload, 5, new byte[0], false);
    HttpResponse<byte[]> last = client.append(upload, 5, new byte[0], true);

    assertThat(empty.statusCode()).isBetween(200, 204);
    assertThat(client.complete(empty)).isEqualTo("?0");
    assertThat(last.statusCode()).isEqualTo(201);
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @EveryVersion
  void anUploadWithAllItsBytesIsNotCompleteBeforeTheClientSaysSo(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin("Upload-Length", "5");

    HttpResponse<byte[]> all = client.append(upload, 0, bytes("hello"), false);

    assertThat(client.complete(all)).isEqualTo("?0");
    assertThat(client.complete(client.head(upload))).isEqualTo("?0");
    assertThat(client.append(upload, 5, new byte[0], true).statusCode()).isEqualTo(201);
    assertThat(client.complete(client.head(upload))).isEqualTo("?1");
  }

  @EveryVersion
  void anotherOffsetIs409WithTheRightOneAndChangesNothing(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), false));

    HttpResponse<byte[]> answer = client.append(upload, 7, bytes("!"), true);

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(header(answer, "Upload-Offset")).isEqualTo("5");
    assertThat(client.complete(answer)).isEqualTo("?0");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(body(answer))
        .contains(
            "\"type\":\"https://iana.org/assignments/http-problem-types#mismatching-upload-offset\"",
            "\"expected-offset\":5",
            "\"provided-offset\":7");
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("5");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6, 7, 8, 9, 10})
  void anotherMediaTypeIs415WithTheRightOne(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();

    HttpResponse<byte[]> answer = appendAs(client, upload, "application/octet-stream");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(header(answer, "Accept-Patch")).isEqualTo("application/partial-upload");
    assertThat(client.complete(answer)).isEqualTo("?0");
    assertThat(appendAs(client, upload, "Application/Partial-Upload; a=b").statusCode())
        .isBetween(200, 204);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void earlyVersionsHaveNoMediaTypeOfAppends(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();

    assertThat(appendAs(client, upload, "image/png").statusCode()).isEqualTo(201);
  }

  private static HttpResponse<byte[]> appendAs(RufhClient client, String upload, String type)
      throws Exception {
    String[] completeness = client.completeness(false);
    return client.patchHello(
        upload, "Content-Type", type, "Upload-Offset", "0", completeness[0], completeness[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Upload-Offset", "Upload-Complete"})
  void aFieldThatIsMissingIs400(String missing) throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    String[] there =
        missing.equals("Upload-Offset")
            ? new String[] {"Upload-Complete", "?0"}
            : new String[] {"Upload-Offset", "0"};

    HttpResponse<byte[]> answer =
        client.patchHello(upload, "Content-Type", RufhClient.TYPE, there[0], there[1]);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(body(answer)).contains(missing);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({"3,?1", "4,?0", "5,?0", "6,?0"})
  void anEarlyAppendNeedNotSayWhetherItIsTheLast(int version, String complete) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();

    HttpResponse<byte[]> answer =
        client.patchHello(upload, "Content-Type", RufhClient.TYPE, "Upload-Offset", "0");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(client.complete(answer)).isEqualTo(complete);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6})
  void earlyVersionsTellTheOffsetWithEveryErrorToo(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), false));
    store.failWrites(1);

    HttpResponse<byte[]> failed = client.append(upload, 5, bytes("!"), true);

    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(header(failed, "Upload-Offset")).isEqualTo("5");
  }

  @Test
  void finishingThatFailedIsDoneAgain() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = client.begin();
    store.failAssemblies(1);

    HttpResponse<byte[]> failed = client.append(upload, 0, bytes("hello"), true);
    HttpResponse<byte[]> again = client.append(upload, 5, new byte[0], true);

    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(header(failed, "Retry-After")).isNotEmpty();
    assertThat(header(failed, "Upload-Complete")).isEqualTo("?0");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(client.get(upload).body()).isEqualTo(bytes("hello"));
  }

  @EveryVersion
  void anUploadByTusIsGoneOnWithAndCompleteByItsLength(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String full = begunByTus(client, "Upload-Length", "5");
    String measured = begunByTus(client, "Upload-Defer-Length", "1");

    HttpResponse<byte[]> all = client.append(full, 0, bytes("hello"), false);
    client.append(measured, 0, bytes("hello"), false);
    HttpResponse<byte[]> end = client.append(measured, 5, new byte[0], true);

    assertThat(client.complete(all)).isEqualTo("?1");
    assertThat(end.statusCode()).isEqualTo(201);
    assertThat(client.complete(end)).isEqualTo("?1");
    assertThat(client.get(full).body()).isEqualTo(bytes("hello"));
    assertThat(client.get(measured).body()).isEqualTo(bytes("hello"));
  }

  private static String begunByTus(RufhClient client, String name, String value) throws Exception {
    return path(
        client.plain(
            "POST",
            RufhClient.ENDPOINT,
            BodyPublishers.noBody(),
            "Tus-Resumable",
            "1.0.0",
            name,
            value));
  }

  @Test
  void anUploadThatIsNotThereIs404() throws Exception {
    HttpResponse<byte[]> answer =
        new RufhClient(server).append("/files/0123456789abcdef", 0, bytes("x"), true);

    assertThat(answer.statusCode()).isEqualTo(404);
  }
}
