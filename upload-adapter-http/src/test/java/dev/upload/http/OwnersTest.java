package dev.upload.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.InMemorySessions;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever the protocol and the method: an upload is its owner's, and nobody else has one there.
 */
@MicronautTest(rebuildContext = true)
class OwnersTest {

  /** Every way to speak of an upload by its id. */
  private static final String WAYS =
      """
      HEAD,   Tus-Resumable: 1.0.0
      PATCH,  Tus-Resumable: 1.0.0
      DELETE, Tus-Resumable: 1.0.0
      POST,   X-HTTP-Method-Override: HEAD
      POST,   X-HTTP-Method-Override: PATCH
      POST,   X-HTTP-Method-Override: DELETE
      PUT,    X-HTTP-Method-Override: PATCH
      GET,    X-HTTP-Method-Override: HEAD
      GET,    X-Nothing: 1
      GET,    Range: bytes=0-0
      HEAD,   X-Nothing: 1
      DELETE, X-Nothing: 1
      """;

  @Inject EmbeddedServer server;
  @Inject InMemorySessions sessions;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ClientFile file = new ClientFile("a.bin", Bytes.random(3_000, 1), 1_000);

  private String open = "";
  private String finished = "";

  @BeforeEach
  void begin() throws Exception {
    open = created("5");
    finished = created("0");
  }

  @ParameterizedTest
  @CsvSource(textBlock = WAYS)
  void anothersUploadIsNotThere(String method, String header) throws Exception {
    for (String path : new String[] {open, finished}) {
      HttpResponse<String> answer = onUpload(method, path, header, TestBeans.OWNER, "mallory");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("Upload-Offset")).isEmpty();
      assertThat(answer.body())
          .isEqualTo(onUpload(method, unknown(), header, TestBeans.OWNER, "alice").body());
    }
    assertStillThere();
  }

  @ParameterizedTest
  @CsvSource(textBlock = WAYS)
  void whoSaysNotWhoTheyAreIsToldNothing(String method, String header) throws Exception {
    for (String path : new String[] {open, finished, unknown()}) {
      HttpResponse<String> answer =
          onUpload(method, path, header, TestBeans.OWNER, TestBeans.NOBODY);

      assertThat(answer.statusCode()).isEqualTo(401);
    }
    assertStillThere();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,  X-HTTP-Method-Override: POST, CREATE",
    "HEAD,  Tus-Resumable: 1.0.0, DESCRIBE",
    "PATCH, Tus-Resumable: 1.0.0, WRITE",
    "DELETE, Tus-Resumable: 1.0.0, CANCEL",
    "GET,   X-Nothing: 1, READ",
    "HEAD,  X-Nothing: 1, READ",
    "DELETE, X-Nothing: 1, CANCEL"
  })
  void whatIsNotPermittedIsForbidden(String method, String header, String action) throws Exception {
    String path = action.equals("CREATE") ? "/files" : action.equals("READ") ? finished : open;

    HttpResponse<String> answer =
        request(
            method,
            path,
            BodyPublishers.noBody(),
            tus(header, TestBeans.OWNER, "alice", TestBeans.DENIED, action));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertStillThere();
  }

  @ParameterizedTest
  @CsvSource({"HEAD, 423", "PATCH, 503", "DELETE, 503"})
  void whoIsOneTooManyIsToldToTryAgain(String method, int status) throws Exception {
    HttpResponse<String> answer =
        onUpload(method, open, "Tus-Resumable: 1.0.0", TestBeans.OWNER, TestBeans.CROWD);

    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void nobodyBeginsAnythingUnlessTheySayWhoTheyAre() throws Exception {
    Map<String, String> nobody = Map.of(TestBeans.OWNER, TestBeans.NOBODY);
    Browser browser = new Browser(server);

    long start = System.nanoTime();
    assertThat(create("5", TestBeans.NOBODY).statusCode()).isEqualTo(401);
    for (String method : new String[] {"GET", "POST", "PUT", "PATCH"}) {
      BodyPublisher chunk = BodyPublishers.ofByteArray(file.chunk(1));
      assertThat(browser.send(method, file.parameters(1), chunk, nobody).statusCode())
          .as(method)
          .isEqualTo(401);
    }

    assertThat(sessions.count()).isEqualTo(2);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("Resumable.js repeats a 401 at once, so each is held back")
        .isGreaterThan(Duration.ofMillis(4 * 450));
  }

  @ParameterizedTest
  @CsvSource({"resumable, 400", "flow, 404"})
  void whoeverMayNotBeginIsToldSoThatTheClientGivesUp(String prefix, int status) throws Exception {
    HttpResponse<String> answer =
        new Browser(server)
            .send(
                "POST",
                file.parameters(1, prefix),
                BodyPublishers.ofByteArray(file.chunk(1)),
                Map.of(TestBeans.DENIED, "CREATE"));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(sessions.count()).isEqualTo(2);
  }

  @Test
  void theSameFileOfTwoOwnersIsTwoUploads() throws Exception {
    Browser browser = new Browser(server);
    Map<String, String> alice = Map.of(TestBeans.OWNER, "alice");
    Map<String, String> bob = Map.of(TestBeans.OWNER, "bob");

    browser.send("POST", file.parameters(1), BodyPublishers.ofByteArray(file.chunk(1)), alice);

    assertThat(browser.send("GET", file.parameters(1), BodyPublishers.noBody(), alice).statusCode())
        .isEqualTo(200);
    assertThat(browser.send("GET", file.parameters(1), BodyPublishers.noBody(), bob).statusCode())
        .isEqualTo(204);
    String theirs = "/files/" + id(browser, alice);
    assertThat(
            request("DELETE", theirs, BodyPublishers.noBody(), TestBeans.OWNER, "bob").statusCode())
        .isEqualTo(404);
  }

  @Test
  void whatIsUnderstoodHereIsToldToEverybody() throws Exception {
    HttpResponse<String> answer =
        request("OPTIONS", "/files", BodyPublishers.noBody(), TestBeans.OWNER, TestBeans.NOBODY);

    assertThat(answer.statusCode()).isEqualTo(204);
  }

  private String id(Browser browser, Map<String, String> owner) throws Exception {
    String body = browser.send("GET", file.parameters(1), BodyPublishers.noBody(), owner).body();
    return body.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
  }

  private static String unknown() {
    return "/files/0123456789abcdef0123456789abcdef";
  }

  private void assertStillThere() throws Exception {
    for (String path : new String[] {open, finished}) {
      HttpResponse<String> answer =
          onUpload("HEAD", path, "Tus-Resumable: 1.0.0", TestBeans.OWNER, "alice");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Upload-Offset")).contains("0");
    }
  }

  private String created(String length) throws Exception {
    return URI.create(create(length, "alice").headers().firstValue("Location").orElseThrow())
        .getPath();
  }

  private HttpResponse<String> create(String length, String owner) throws Exception {
    return request(
        "POST",
        "/files",
        BodyPublishers.noBody(),
        "Tus-Resumable",
        "1.0.0",
        "Upload-Length",
        length,
        TestBeans.OWNER,
        owner);
  }

  private HttpResponse<String> onUpload(String method, String path, String header, String... more)
      throws Exception {
    BodyPublisher body =
        method.equals("PATCH") || header.endsWith("PATCH")
            ? BodyPublishers.ofString("hello")
            : BodyPublishers.noBody();
    boolean plain = header.startsWith("X-Nothing") || header.startsWith("Range");
    String[] name = header.split(": ", 2);
    return plain
        ? request(method, path, body, with(more, name[0], name[1]))
        : request(method, path, body, tus(header, more));
  }

  /** What every request of the protocol may have, and {@code header}. */
  private static String[] tus(String header, String... more) {
    String[] name = header.split(": ", 2);
    String[] all = with(more, name[0], name[1]);
    return header.startsWith("X-Nothing")
        ? all
        : with(
            header.startsWith("Tus-Resumable") ? all : with(all, "Tus-Resumable", "1.0.0"),
            "Upload-Offset",
            "0",
            "Upload-Length",
            "5",
            "Content-Type",
            "application/offset+octet-stream");
  }

  private static String[] with(String[] headers, String... more) {
    return Stream.concat(Arrays.stream(headers), Arrays.stream(more)).toArray(String[]::new);
  }

  private HttpResponse<String> request(
      String method, String path, BodyPublisher body, String... headers) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.getURI().resolve(path))
            .method(method, body)
            .headers(headers)
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
