package dev.upload.http.tus;

import static dev.upload.http.tus.TusClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.RawClient;
import dev.upload.http.TestBeans;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 1: the version is named in every answer and asked for in every request but OPTIONS. */
@MicronautTest(rebuildContext = true)
class VersionTest {

  @Inject EmbeddedServer server;
  @Inject InMemorySessions sessions;

  private TusClient client;

  @BeforeEach
  void open() {
    client = new TusClient(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "PATCH", "DELETE"})
  void anotherVersionIs412WithTheVersionsThatAreSpokenAndNothingIsDone(String method)
      throws Exception {
    String upload = client.create(5);
    long known = sessions.count();

    HttpResponse<byte[]> answer =
        client.plain(
            method,
            method.equals("POST") ? TusClient.ENDPOINT : upload,
            method.equals("HEAD") ? BodyPublishers.noBody() : BodyPublishers.ofString("hello"),
            "Tus-Resumable",
            "0.2.2",
            "Upload-Length",
            "5",
            "Upload-Offset",
            "0",
            "Content-Type",
            TusClient.TYPE);

    assertThat(answer.statusCode()).isEqualTo(412);
    assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
    assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
    assertThat(sessions.count()).isEqualTo(known);
    assertThat(header(client.head(upload), "Upload-Offset")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void noVersionIs412Too(String method) throws Exception {
    String url = method.equals("POST") ? TusClient.ENDPOINT : client.create(5);

    HttpResponse<byte[]> answer =
        client.plain(
            method,
            url,
            BodyPublishers.ofString("hello"),
            "Upload-Length",
            "5",
            "Upload-Offset",
            "0",
            "Content-Type",
            TusClient.TYPE);

    assertThat(answer.statusCode()).isEqualTo(412);
    assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.0.0", "0.2.2"})
  void optionsTellsWhatIsUnderstoodWhateverVersionItNames(String version) throws Exception {
    for (String url : List.of("/files", "/files/", client.create(5))) {
      HttpResponse<byte[]> answer =
          version.isEmpty()
              ? client.plain("OPTIONS", url, BodyPublishers.noBody())
              : client.plain("OPTIONS", url, BodyPublishers.noBody(), "Tus-Resumable", version);

      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
      assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
      assertThat(header(answer, "Tus-Max-Size")).isEqualTo("107374182400");
      assertThat(header(answer, "Tus-Extension").split(","))
          .containsExactlyInAnyOrder(
              "creation",
              "creation-with-upload",
              "creation-defer-length",
              "expiration",
              "checksum",
              "checksum-trailer",
              "termination",
              "concatenation",
              "concatenation-unfinished");
      assertThat(header(answer, "Tus-Checksum-Algorithm").split(","))
          .contains("sha1", "md5", "sha256", "sha512", "crc32");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /files, 400",
    "HEAD, /files/0123456789abcdef, 404",
    "PATCH, /files/0123456789abcdef, 415",
    "DELETE, /files/0123456789abcdef, 404",
    "GET, /files/0123456789abcdef, 404",
    "GET, /files/0123456789abcdef/more, 404",
    "PUT, /files, 405",
    "POST, /files/0123456789abcdef, 405",
    "TRACE, /files, 405"
  })
  void errorsNameItTooAlsoThoseOfTheFramework(String method, String url, int status)
      throws Exception {
    try (RawClient raw = new RawClient(server)) {
      raw.head(method + " " + url + " HTTP/1.1", "Tus-Resumable: 1.0.0", "Accept: text/html");

      assertThat(raw.answer())
          .contains(" " + status + " ")
          .containsIgnoringCase("tus-resumable: 1.0.0");
    }
  }

  @Test
  void aDefectNamesItToo() throws Exception {
    HttpResponse<byte[]> answer = client.post("Upload-Length", "5", TestBeans.DEFECT, "1");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEAD /files/%zz HTTP/1.1",
        "PATCH /files/%zz HTTP/1.1",
        "PATCH /files/0123456789abcdef HTTP/1.1\r\nBad Header: x",
        "HEAD /files/0123456789abcdef HTTP/1.1\r\nContent-Length: many"
      })
  void aRequestThatCannotBeReadIsToldItToo(String request) throws Exception {
    try (RawClient raw = new RawClient(server)) {
      raw.head(request, "Tus-Resumable: 1.0.0");

      assertThat(raw.answer()).contains(" 400 ").containsIgnoringCase("tus-resumable: 1.0.0");
    }
  }
}
