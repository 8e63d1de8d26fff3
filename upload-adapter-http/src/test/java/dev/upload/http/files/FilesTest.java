package dev.upload.http.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.InMemoryChunkStore;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.http.Browser;
import dev.upload.http.ClientFile;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(rebuildContext = true)
class FilesTest {

  @Inject EmbeddedServer server;
  @Inject InMemoryChunkStore store;
  @Inject InMemorySessions sessions;

  private final HttpClient http = HttpClient.newHttpClient();
  private final byte[] content = Bytes.random(300_000, 2);

  @Test
  void aFinishedUploadComesBackWhole() throws Exception {
    String location = uploaded(new ClientFile("a.bin", content, 1_000_000));

    HttpResponse<byte[]> answer = get(location, Map.of());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(content);
    assertThat(header(answer, "Content-Length")).isEqualTo("300000");
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Content-Security-Policy")).contains("sandbox");
  }

  @Test
  void anEmptyFileComesBack() throws Exception {
    String location = uploaded(new ClientFile("empty", new byte[0], 1_000));

    HttpResponse<byte[]> answer = get(location, Map.of());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "Content-Length")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=100-199, 100, 200",
    "bytes=299999-, 299999, 300000",
    "bytes=-10, 299990, 300000",
    "bytes=-999999999, 0, 300000",
    "bytes=5-9999999999999999999, 5, 300000"
  })
  void aRangeIsAnsweredWithThoseBytes(String range, int from, int to) throws Exception {
    String location = uploaded(new ClientFile("a.bin", content, 1_000_000));

    HttpResponse<byte[]> answer = get(location, Map.of("Range", range));

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, from, to));
    assertThat(header(answer, "Content-Range"))
        .isEqualTo("bytes %d-%d/300000".formatted(from, to - 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,5-6",
        "bytes=7-5",
        "lines=1-2",
        "bytes=a-b",
        "bytes=5-99999999999999999999"
      })
  void rangesThatAreNotUnderstoodAreIgnored(String range) throws Exception {
    String location = uploaded(new ClientFile("a.bin", content, 1_000_000));

    HttpResponse<byte[]> answer = get(location, Map.of("Range", range));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=300000-", "bytes=999999-1000000", "bytes=-0"})
  void aRangeBehindTheEndIs416(String range) throws Exception {
    String location = uploaded(new ClientFile("a.bin", content, 1_000_000));

    HttpResponse<byte[]> answer = get(location, Map.of("Range", range));

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes */300000");
  }

  @Test
  void aHeadReadsTheRecordOnce() throws Exception {
    String location = uploaded(new ClientFile("a.bin", content, 1_000_000));
    int before = sessions.finds();

    HttpResponse<byte[]> answer = send("HEAD", location, Map.of());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(sessions.finds()).isEqualTo(before + 1);
  }

  @Test
  void headTellsTheLengthAndSendsNothing() throws Exception {
    String location = uploaded(new ClientFile("a.bin", content, 1_000_000));

    HttpResponse<byte[]> answer = send("HEAD", location, Map.of("Range", "bytes=0-0"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Length")).isEqualTo("300000");
    assertThat(header(answer, "ETag")).isNotEmpty();
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void conditionsDecideBeforeAnythingIsSent() throws Exception {
    String location = uploaded(new ClientFile("a.bin", content, 1_000_000));
    HttpResponse<byte[]> first = get(location, Map.of());
    String etag = header(first, "ETag");
    String modified = header(first, "Last-Modified");

    assertThat(get(location, Map.of("If-None-Match", etag)).statusCode()).isEqualTo(304);
    assertThat(get(location, Map.of("If-None-Match", "W/" + etag)).statusCode()).isEqualTo(304);
    assertThat(get(location, Map.of("If-None-Match", "\"other\"")).statusCode()).isEqualTo(200);
    assertThat(get(location, Map.of("If-Match", etag)).statusCode()).isEqualTo(200);
    assertThat(get(location, Map.of("If-Match", "\"other\"")).statusCode()).isEqualTo(412);
    assertThat(get(location, Map.of("If-Modified-Since", modified)).statusCode()).isEqualTo(304);
    assertThat(
            get(location, Map.of("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"))
                .statusCode())
        .isEqualTo(412);
    assertThat(get(location, Map.of("If-Modified-Since", "yesterday")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"If-None-Match, 304", "If-Match, 200"})
  void aListOfVersionsMayHaveSeveralLines(String name, int status) throws Exception {
    String location = uploaded(new ClientFile("a.bin", content, 1_000_000));
    String etag = header(get(location, Map.of()), "ETag");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.getURI() + location))
            .header(name, "\"other\"")
            .header(name, etag)
            .build();

    assertThat(http.send(request, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(status);
  }

  @Test
  void aRangeOfAnotherVersionIsAnsweredWithTheWhole() throws Exception {
    String location = uploaded(new ClientFile("a.bin", content, 1_000_000));
    String etag = header(get(location, Map.of()), "ETag");

    assertThat(get(location, Map.of("Range", "bytes=0-9", "If-Range", etag)).statusCode())
        .isEqualTo(206);
    assertThat(get(location, Map.of("Range", "bytes=0-9", "If-Range", "\"old\"")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aTextIsNotCompressedOnItsWay() throws Exception {
    byte[] text = "line\n".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    ClientFile file = new ClientFile("a.txt", text, 1_000_000);
    Map<String, String> parameters =
        Browser.with(file.parameters(1), "resumableType", "text/plain");
    String location = location(new Browser(server).postOctet(parameters, text));

    HttpResponse<byte[]> answer =
        get(location, Map.of("Accept-Encoding", "gzip", "Range", "bytes=0-9999"));

    assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(header(answer, "Content-Type")).isEqualTo("text/plain");
    assertThat(answer.body()).isEqualTo(Arrays.copyOf(text, 10_000));
  }

  @Test
  void theNameComesBackInBothForms() throws Exception {
    String location = uploaded(new ClientFile("Grüße \"50%\" 🎉.txt", content, 1_000_000));

    HttpResponse<byte[]> answer = get(location, Map.of());

    assertThat(header(answer, "Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"Gr__e _50__ _.txt\";"
                + " filename*=UTF-8''Gr%C3%BC%C3%9Fe%20_50%25_%20%F0%9F%8E%89.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, text/html",
    "IMAGE/PNG, image/png",
    "'text/html; charset=utf-8', application/octet-stream",
    "multipart/form-data, application/octet-stream",
    "nonsense, application/octet-stream"
  })
  void aTypeIsBelievedIfItIsOne(String claimed, String served) throws Exception {
    ClientFile file = new ClientFile("a.html", content, 1_000_000);
    Map<String, String> parameters = Browser.with(file.parameters(1), "resumableType", claimed);
    String location = location(new Browser(server).postOctet(parameters, content));

    HttpResponse<byte[]> answer = get(location, Map.of());

    assertThat(header(answer, "Content-Type")).isEqualTo(served);
    assertThat(header(answer, "Content-Disposition")).startsWith("attachment;");
    assertThat(header(answer, "Content-Security-Policy")).startsWith("sandbox");
  }

  @Test
  void anUnfinishedUploadHasNoFileYet() throws Exception {
    ClientFile file = new ClientFile("a.bin", content, 100_000);
    String id = id(new Browser(server).postOctet(file, 1));

    HttpResponse<byte[]> answer = get("/files/" + id, Map.of());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void anUnfinishedUploadIsGivenUp() throws Exception {
    ClientFile file = new ClientFile("a.bin", content, 100_000);
    Browser browser = new Browser(server);
    String id = id(browser.postOctet(file, 1));

    HttpResponse<byte[]> answer = send("DELETE", "/files/" + id, Map.of("Accept", "text/html"));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(store.isEmpty()).isTrue();
    assertThat(browser.test(file, 1).statusCode()).isEqualTo(204);
    assertThat(browser.postOctet(file, 1).statusCode()).isEqualTo(200);
  }

  @Test
  void aFinishedUploadIsNotGivenUp() throws Exception {
    String location = uploaded(new ClientFile("a.bin", content, 1_000_000));

    HttpResponse<byte[]> answer = send("DELETE", location, Map.of());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(get(location, Map.of()).body()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0123456789abcdef", "x", "UPPER-CASE-ID", "..%2f..%2fetc%2fpasswd", "a%00bcdefgh"})
  void anUnknownIdIs404(String id) throws Exception {
    for (String method : new String[] {"GET", "HEAD", "DELETE"}) {
      HttpResponse<byte[]> answer = send(method, "/files/" + id, Map.of());

      assertThat(answer.statusCode()).as(method).isEqualTo(404);
      if (!method.equals("HEAD")) {
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
      }
    }
  }

  private String uploaded(ClientFile file) throws Exception {
    return location(new Browser(server).postOctet(file, 1));
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.body()).contains("\"location\"");
    return answer.body().replaceAll("(?s).*\"location\":\"([^\"]+)\".*", "$1");
  }

  private static String id(HttpResponse<String> answer) {
    return answer.body().replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
  }

  private HttpResponse<byte[]> get(String path, Map<String, String> headers) throws Exception {
    return send("GET", path, headers);
  }

  private HttpResponse<byte[]> send(String method, String path, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.getURI() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
