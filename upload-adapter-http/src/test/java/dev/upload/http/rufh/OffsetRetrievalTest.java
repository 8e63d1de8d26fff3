package dev.upload.http.rufh;

import static dev.upload.http.rufh.RufhClient.bytes;
import static dev.upload.http.rufh.RufhClient.header;
import static dev.upload.http.rufh.RufhClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.http.RawClient;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement 5: HEAD and GET tell where an upload is. */
@MicronautTest
class OffsetRetrievalTest {

  @Inject EmbeddedServer server;

  @EveryVersion
  void anUnfinishedUploadTellsItsOffsetAndThatItIsNotComplete(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), false, "Upload-Length", "11"));

    HttpResponse<byte[]> head = client.head(upload);

    assertThat(head.statusCode()).isEqualTo(204);
    assertThat(header(head, "Upload-Offset")).isEqualTo("5");
    assertThat(header(head, "Upload-Length")).isEqualTo("11");
    assertThat(header(head, "Cache-Control")).isEqualTo("no-store");
    assertThat(client.complete(head)).isEqualTo("?0");
  }

  @EveryVersion
  void aCompleteUploadTellsItsLengthAndThatItIs(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = path(client.create(bytes("hello"), true));

    HttpResponse<byte[]> head = client.head(upload);

    assertThat(head.statusCode()).isBetween(200, 204);
    assertThat(header(head, "Upload-Offset")).isEqualTo("5");
    assertThat(header(head, "Upload-Length")).isEqualTo("5");
    assertThat(client.complete(head)).isEqualTo("?1");
  }

  @EveryVersion
  void aLengthThatNobodySaidIsNotTold(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);

    HttpResponse<byte[]> head = client.head(client.begin());

    assertThat(head.headers().firstValue("Upload-Length")).isEmpty();
    assertThat(header(head, "Upload-Offset")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({"6,expires", "7,max-age", "8,max-age", "9,max-age", "10,max-age", "0,max-age"})
  void itsLimitsAreToldAndSoIsTheTimeThatIsLeft(int version, String key) throws Exception {
    RufhClient client = new RufhClient(server, version);

    HttpResponse<byte[]> head = client.head(client.begin());

    assertThat(header(head, "Upload-Limit"))
        .matches("max-size=\\d+, max-append-size=\\d+, " + key + "=\\d+");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void earlyVersionsKnowNoLimits(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);

    assertThat(client.head(client.begin()).headers().firstValue("Upload-Limit")).isEmpty();
  }

  @Test
  void theAnswerHasNoBodyAndTheConnectionServesOn() throws Exception {
    String upload = new RufhClient(server).begin();
    try (RawClient raw = new RawClient(server)) {
      String first = raw.head("HEAD " + upload + " HTTP/1.1").answer();
      String second = raw.head("HEAD " + upload + " HTTP/1.1").answer();

      assertThat(first).startsWith("HTTP/1.1 204").doesNotContainIgnoringCase("content-length");
      assertThat(second).startsWith("HTTP/1.1 204");
    }
  }

  @Test
  void whoNamesNoVersionIsToldTooBeforeAndAfterTheEnd() throws Exception {
    RufhClient unnamed = new RufhClient(server, 0);
    String upload = path(unnamed.create(bytes("hello"), false));

    HttpResponse<byte[]> before = unnamed.head(upload);
    unnamed.append(upload, 5, bytes(" world"), true);
    HttpResponse<byte[]> after = unnamed.head(upload);

    assertThat(before.statusCode()).isEqualTo(204);
    assertThat(header(before, "Upload-Offset")).isEqualTo("5");
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(header(after, "Content-Length")).isEqualTo("11");
    assertThat(header(after, "Upload-Offset")).isEqualTo("11");
    assertThat(header(after, "Upload-Complete")).isEqualTo("?1");
  }

  @Test
  void getTellsTheSame() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = path(client.create(bytes("hello"), false));

    HttpResponse<byte[]> get = client.send("GET", upload, BodyPublishers.noBody());

    assertThat(get.statusCode()).isEqualTo(204);
    assertThat(header(get, "Upload-Offset")).isEqualTo("5");
    assertThat(header(get, "Upload-Complete")).isEqualTo("?0");
  }

  @Test
  void getOfACompleteUploadTellsItBesideTheFile() throws Exception {
    RufhClient client = new RufhClient(server);
    String upload = path(client.create(bytes("hello"), true));

    HttpResponse<byte[]> get = client.send("GET", upload, BodyPublishers.noBody());

    assertThat(get.statusCode()).isEqualTo(200);
    assertThat(get.body()).isEqualTo(bytes("hello"));
    assertThat(header(get, "Upload-Offset")).isEqualTo("5");
    assertThat(header(get, "Upload-Complete")).isEqualTo("?1");
  }

  @EveryVersion
  void whatIsNotThereIs404WithoutAnOffset(int version) throws Exception {
    HttpResponse<byte[]> head = new RufhClient(server, version).head("/files/0123456789abcdef");

    assertThat(head.statusCode()).isEqualTo(404);
    assertThat(head.headers().firstValue("Upload-Offset")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "3,Upload-Offset: 0",
    "3,Upload-Incomplete: ?0",
    "4,Upload-Complete: ?0",
    "5,Upload-Offset: 0",
    "6,Upload-Complete: ?1",
    "6,Upload-Length: 5"
  })
  void earlyVersionsRefuseQuestionsWithFieldsOfAnAppend(int version, String field)
      throws Exception {
    RufhClient client = new RufhClient(server, version);
    String upload = client.begin();
    String[] nameAndValue = field.split(": ");

    assertThat(client.head(upload, nameAndValue).statusCode()).isEqualTo(400);
    if (!field.startsWith("Upload-Length")) {
      assertThat(client.delete(upload, nameAndValue).statusCode()).isEqualTo(400);
    }
    assertThat(client.head(upload).statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 9, 10})
  void laterVersionsPassThemOver(int version) throws Exception {
    RufhClient client = new RufhClient(server, version);

    HttpResponse<byte[]> head =
        client.head(client.begin(), "Upload-Offset", "0", "Upload-Complete", "?0");

    assertThat(head.statusCode()).isEqualTo(204);
  }
}
