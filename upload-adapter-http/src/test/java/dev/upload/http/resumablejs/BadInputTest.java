package dev.upload.http.resumablejs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.InMemoryChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.Browser;
import dev.upload.http.Browser.Form;
import dev.upload.http.ClientFile;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with which status, and that nothing of it stays. */
@MicronautTest(rebuildContext = true)
class BadInputTest {

  @Inject EmbeddedServer server;
  @Inject InMemorySessions sessions;
  @Inject InMemoryChunkStore store;

  private final ClientFile file = new ClientFile("a.bin", Bytes.random(2_500, 1), 1_000);
  private Browser browser;

  @BeforeEach
  void open() {
    browser = new Browser(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resumableChunkNumber",
        "resumableChunkSize",
        "resumableTotalSize",
        "resumableIdentifier",
        "resumableFilename"
      })
  void aMissingParameterIs400(String name) throws Exception {
    Map<String, String> parameters = Browser.without(file.parameters(1), name);

    refused(browser.postOctet(parameters, file.chunk(1)), 400, "malformed", name);
    refused(
        browser.postForm(Map.of(), new Form().fields(parameters).file(file, 1)),
        400,
        "malformed",
        name);
    refused(
        browser.send("GET", parameters, BodyPublishers.noBody(), Map.of()), 400, "malformed", name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "0x10",
        " 1",
        "1 ",
        "١",
        "9223372036854775808",
        "99999999999999999999"
      })
  void whatIsNoNumberIs400(String value) throws Exception {
    for (String name :
        new String[] {
          "resumableChunkNumber",
          "resumableChunkSize",
          "resumableTotalSize",
          "resumableCurrentChunkSize"
        }) {
      Map<String, String> parameters = Browser.with(file.parameters(1), name, value);

      refused(browser.postOctet(parameters, file.chunk(1)), 400, "malformed", name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "resumableChunkNumber, 0, malformed",
    "resumableChunkNumber, 3, inconsistent", // with the size of a chunk that is not the last of any
    // grid
    "resumableChunkNumber, 4, inconsistent",
    "resumableChunkNumber, 9223372036854775807, inconsistent",
    "resumableChunkSize, 0, malformed",
    "resumableCurrentChunkSize, 999, inconsistent",
    "resumableCurrentChunkSize, 1001, inconsistent",
    "resumableCurrentChunkSize, 0, inconsistent"
  })
  void numbersThatDoNotTileAre400(String name, String value, String kind) throws Exception {
    Map<String, String> parameters = Browser.with(file.parameters(1), name, value);
    HttpResponse<String> answer = browser.postOctet(parameters, file.chunk(1));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("urn:upload:problem:" + kind);
    nothingIsLeft();
  }

  @Test
  void moreChunksThanAnybodyCountsAre400() throws Exception {
    Map<String, String> parameters =
        Browser.with(
            Browser.with(file.parameters(1), "resumableChunkSize", "1"),
            "resumableTotalSize",
            "90000000000");

    refused(
        browser.postOctet(parameters, file.chunk(1)), 400, "inconsistent", "resumableChunkSize");
  }

  @ParameterizedTest
  @CsvSource({"resumable, 400", "flow, 413", "'', 413"})
  void aFileBeyondTheLimitIsRefusedAsItsClientUnderstands(String prefix, int status)
      throws Exception {
    String name = prefix.isEmpty() ? "totalSize" : prefix + "TotalSize";
    Map<String, String> parameters =
        Browser.with(file.parameters(1, prefix), name, "9223372036854775807");
    Map<String, String> possible =
        Browser.with(
            parameters,
            prefix.isEmpty() ? "chunkSize" : prefix + "ChunkSize",
            "9000000000000000000");
    Map<String, String> whole =
        Browser.without(
            possible, prefix.isEmpty() ? "currentChunkSize" : prefix + "CurrentChunkSize");

    HttpResponse<String> answer = browser.postOctet(whole, file.chunk(1));

    refused(answer, status, "too-large", name);
    assertThat(answer.body()).contains("\"limit\":107374182400");
  }

  @Test
  void chunksBeyondTheLimitAre400AtTheFirst() throws Exception {
    Map<String, String> parameters =
        Browser.with(
            file.parameters(1), "resumableTotalSize", Long.toString(2L * 33 * 1024 * 1024));
    Map<String, String> large =
        Browser.without(
            Browser.with(parameters, "resumableChunkSize", Long.toString(33L * 1024 * 1024)),
            "resumableCurrentChunkSize");

    refused(browser.postOctet(large, file.chunk(1)), 400, "too-large", "resumableChunkSize");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1_001, 5_000})
  void aBodyOfAnotherLengthThanTheChunkIs400(int length) throws Exception {
    byte[] body = Bytes.random(length, 3);

    HttpResponse<String> announced = browser.postOctet(file.parameters(1), body);
    HttpResponse<String> streamed =
        browser.send(
            "POST",
            file.parameters(1),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
            Map.of());

    if (length > 0) { // an announced length of 0 is a test
      refused(announced, 400, "inconsistent", "Content-Length");
    }
    refused(streamed, 400, "malformed", "body");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1_001, 1_004, 5_000})
  void aFormWithAFileOfAnotherLengthIs400(int length) throws Exception {
    byte[] form =
        new Form().fields(file.parameters(1)).file("a.bin", Bytes.random(length, 3)).end();
    Map<String, String> type =
        Map.of("Content-Type", "multipart/form-data; boundary=" + Browser.BOUNDARY);

    HttpResponse<String> announced =
        browser.send("POST", Map.of(), BodyPublishers.ofByteArray(form), type);
    HttpResponse<String> streamed =
        browser.send(
            "POST",
            Map.of(),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form)),
            type);

    assertThat(announced.statusCode()).isEqualTo(400);
    assertThat(streamed.statusCode()).isEqualTo(400);
    nothingIsLeft();
  }

  @Test
  void aFormWithoutAFileIs400() throws Exception {
    refused(
        browser.postForm(Map.of(), new Form().fields(file.parameters(1))),
        400,
        "malformed",
        "file");
  }

  @Test
  void aFormWithTwoFilesIs400() throws Exception {
    Form form = new Form().fields(file.parameters(1)).file(file, 1).file("b.bin", new byte[10]);

    refused(browser.postForm(Map.of(), form), 400, "malformed", "file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/mixed; boundary=x",
        "multipart/related; boundary=x",
        "application/x-www-form-urlencoded"
      })
  void aBodyThatHoldsNoChunkIs415(String type) throws Exception {
    HttpResponse<String> answer =
        browser.send(
            "POST",
            file.parameters(1),
            BodyPublishers.ofByteArray(file.chunk(1)),
            Map.of("Content-Type", type));

    refused(answer, 415, "unsupported-media-type");
  }

  @Test
  void anEncodedBodyIs415() throws Exception {
    HttpResponse<String> answer =
        browser.send(
            "POST",
            file.parameters(1),
            BodyPublishers.ofByteArray(file.chunk(1)),
            Map.of("Content-Encoding", "gzip"));

    refused(answer, 415, "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"a\\tb\"",
        "multipart/form-data;"
            + " boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void aFormWithoutAGoodBoundaryIs400(String type) throws Exception {
    HttpResponse<String> answer =
        browser.send(
            "POST",
            file.parameters(1),
            BodyPublishers.ofByteArray(new Form().file(file, 1).end()),
            Map.of("Content-Type", type));

    refused(answer, 400, "malformed", "boundary");
  }

  @Test
  void aFormThatIsNoneIs400() throws Exception {
    Map<String, String> type =
        Map.of("Content-Type", "multipart/form-data; boundary=" + Browser.BOUNDARY);
    byte[] whole = new Form().fields(file.parameters(1)).file(file, 1).end();

    for (byte[] body :
        new byte[][] {
          new byte[0],
          "no form at all".getBytes(StandardCharsets.US_ASCII),
          Arrays.copyOf(whole, 200), // cut in a head
          Arrays.copyOf(whole, whole.length - 6), // without the end
          ("--" + Browser.BOUNDARY + "\r\n\r\nx").getBytes(StandardCharsets.US_ASCII)
        }) {
      HttpResponse<String> answer =
          browser.send("POST", file.parameters(1), BodyPublishers.ofByteArray(body), type);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("\"status\":400");
      nothingIsLeft();
    }
  }

  @Test
  void aFieldWithoutEndIs400() throws Exception {
    Form form = new Form().fields(file.parameters(1)).field("x", "y".repeat(300_000)).file(file, 1);

    refused(browser.postForm(Map.of(), form), 400, "too-large", "form fields");
  }

  @Test
  void aHeadWithoutEndIs400() throws Exception {
    Form form =
        new Form()
            .fields(file.parameters(1))
            .part(
                "Content-Disposition: form-data; name=\"" + "n".repeat(20_000) + "\"", new byte[1])
            .file(file, 1);

    refused(browser.postForm(Map.of(), form), 400, "too-large", "form part header");
  }

  @Test
  void aParameterWithTwoValuesIs400() throws Exception {
    Map<String, String> other = Browser.with(file.parameters(1), "resumableChunkNumber", "2");

    refused(
        browser.postForm(other, new Form().fields(file.parameters(1)).file(file, 1)),
        400,
        "inconsistent",
        "resumableChunkNumber");
  }

  @Test
  void parametersBehindTheFileComeTooLate() throws Exception {
    Form none = new Form().file(file, 1).fields(file.parameters(1));
    Map<String, String> most = Browser.without(file.parameters(1), "resumableRelativePath");
    Form last = new Form().file(file, 1).field("resumableRelativePath", "x/a.bin");

    refused(browser.postForm(Map.of(), none), 400, "malformed", "resumableChunkNumber");
    refused(browser.postForm(most, last), 400, "malformed", "resumableRelativePath");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:text/plain;base64,%%%%",
        "data:text/plain,hello",
        "hello",
        "data:;base64,QUJD=QUI"
      })
  void whatIsNoDataUrlIs400(String value) throws Exception {
    Form form = new Form().fields(file.parameters(1)).field("file", value);

    refused(browser.postForm(Map.of(), form), 400, "malformed", "file");
  }

  @Test
  void anIdentifierIsNeverAPath() throws Exception {
    Map<String, String> parameters =
        Browser.with(file.parameters(1), "resumableIdentifier", "../../etc/passwd\u0000 ☃");

    HttpResponse<String> answer = browser.postOctet(parameters, file.chunk(1));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).containsPattern("\"id\":\"[0-9a-f]{64}\"");
  }

  @Test
  void aTestOfNothingReasonableIs400Too() throws Exception {
    Map<String, String> parameters = new LinkedHashMap<>(file.parameters(1));
    parameters.put("resumableChunkNumber", "7");

    HttpResponse<String> answer =
        browser.send("GET", parameters, BodyPublishers.noBody(), Map.of());

    refused(answer, 400, "inconsistent", "resumableChunkNumber");
  }

  private void refused(HttpResponse<String> answer, int status, String kind, String field) {
    refused(answer, status, kind);
    assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
  }

  private void refused(HttpResponse<String> answer, int status, String kind) {
    assertThat(answer.body())
        .contains("\"type\":\"urn:upload:problem:" + kind + "\"", "\"status\":" + status);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    nothingIsLeft();
  }

  private void nothingIsLeft() {
    assertThat(sessions.count()).isZero();
    assertThat(store.isEmpty()).isTrue();
  }
}
