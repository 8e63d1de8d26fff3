package dev.upload.app.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadScope;
import dev.upload.http.auth.SignedUrls;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server with every way to say who one is but anonymity, as clients meet it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationTest {

  private static final String KEY = "a key of 32 bytes, or a few more";
  private static final String ALICE = basic("Alice@example.com", "secret");
  private static final String BOB = "Bearer bobs-very-own-token";

  private final SignedUrls signed = new SignedUrls(KEY, InstantSource.system());
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final EmbeddedServer server;

  AuthenticationTest(@TempDir Path root) {
    server = ApplicationContext.run(EmbeddedServer.class, settings(root));
  }

  private static Map<String, Object> settings(Path root) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("micronaut.server.port", 0);
    settings.put("micronaut.server.cors.enabled", true);
    settings.put(
        "micronaut.server.cors.configurations.upload.allowed-origins",
        List.of("https://app.example"));
    settings.put("upload.store.filesystem.root", root.toString());
    settings.put("upload.auth.methods", "basic, bearer, signed");
    settings.put("upload.auth.users.Alice@example.com", "secret");
    settings.put("upload.auth.tokens.bob", "bobs-very-own-token");
    settings.put("upload.auth.signing-key", KEY);
    return settings;
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic QWxpY2U6d3Jvbmc=", "Bearer somebody-elses-token", "Digest x"})
  void aStrangerIsAskedWhoTheyAre(String authorization) throws Exception {
    for (HttpResponse<String> answer :
        List.of(
            create("/files", authorization),
            send("GET", "/uploads?" + chunk(1), authorization),
            send("POST", "/uploads?" + chunk(1), authorization),
            send("GET", "/files/0123456789abcdef", authorization),
            send("GET", "/", authorization),
            send("GET", "/page-config.json", authorization),
            send("GET", "/js/upload.js", authorization))) {

      assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(401);
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .containsExactly("Basic realm=\"upload\", charset=\"UTF-8\"", "Bearer realm=\"upload\"");
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
  }

  @Test
  void whatIsEverybodysBusinessIsNotAskedFor() throws Exception {
    assertThat(send("GET", "/health", "").statusCode()).isEqualTo(200);
    assertThat(send("OPTIONS", "/files", "").statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/files", "/uploads", "/files/0123456789abcdef"})
  void aPreflightNeedsNoCredentials(String path) throws Exception {
    HttpResponse<String> answer =
        send(
            "OPTIONS",
            path,
            "",
            "Origin",
            "https://app.example",
            "Access-Control-Request-Method",
            path.startsWith("/files/") ? "PATCH" : "POST",
            "Access-Control-Request-Headers",
            "authorization,tus-resumable");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://app.example");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .containsIgnoringCase("authorization");
  }

  @Test
  void aPageOfAnotherOriginReadsThatItIsNotSignedIn() throws Exception {
    HttpResponse<String> answer = create("/files", "", "Origin", "https://app.example");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://app.example");
  }

  @Test
  void aPageOfAnotherOriginDoesNotUploadInItsVisitorsName() throws Exception {
    for (String origin : List.of("https://evil.example", "https://app.example")) {
      HttpResponse<String> answer =
          create("/files", ALICE, "Sec-Fetch-Site", "cross-site", "Origin", origin);

      assertThat(answer.statusCode()).isEqualTo(origin.contains("evil") ? 403 : 201);
    }
  }

  @Test
  void whoeverSaysWhoTheyAreGetsThePage() throws Exception {
    assertThat(send("GET", "/", ALICE).statusCode()).isEqualTo(200);
    assertThat(send("GET", "/js/upload.js", BOB).statusCode()).isEqualTo(200);
  }

  @Test
  void usersDoNotSeeEachOthersUploads() throws Exception {
    String upload = location(create("/files", ALICE));

    assertThat(append(upload, ALICE).statusCode()).isEqualTo(204);

    assertThat(send("GET", upload, ALICE).body()).isEqualTo("hello");
    for (String method : List.of("GET", "HEAD", "PATCH", "DELETE")) {
      assertThat(tus(method, upload, BOB).statusCode()).as(method).isEqualTo(404);
    }
  }

  @Test
  void whoeverHasASignedUrlUploadsThroughItAndNoMore() throws Exception {
    UploadId id = new UploadId("0000-signed-by-tus");
    String token = token(id, 60);

    HttpResponse<String> created = create("/files?upload-token=" + token, "");

    assertThat(created.statusCode()).isEqualTo(201);
    String upload = location(created);
    assertThat(upload).isEqualTo("/files/" + id + "?upload-token=" + token);
    assertThat(tus("HEAD", upload, "").headers().firstValue("Upload-Offset")).contains("0");
    assertThat(append(upload, "").statusCode()).isEqualTo(204);
    assertThat(send("GET", upload, "").statusCode()).isEqualTo(403);
    assertThat(tus("DELETE", upload, "").statusCode()).isEqualTo(403);
    assertThat(send("GET", "/files/" + id, ALICE).body()).isEqualTo("hello");
    assertThat(send("GET", "/files/" + id, "").statusCode()).isEqualTo(401);
  }

  @Test
  void aSignedUrlIsNoWayToAnotherUpload() throws Exception {
    String other = location(create("/files", ALICE));
    String token = "?upload-token=" + token(new UploadId("0000-signed-for-one"), 60);

    assertThat(tus("HEAD", other + token, "").statusCode()).isEqualTo(404);
    assertThat(append(other + token, "").statusCode()).isEqualTo(404);
    assertThat(location(create("/files" + token, "")))
        .isEqualTo(location(create("/files" + token, "")));
    assertThat(tus("POST", "/files" + token, "", "Upload-Length", "6").statusCode()).isEqualTo(400);
    assertThat(tus("POST", "/files" + token, "", "Upload-Length", "1001").statusCode())
        .isEqualTo(413);
  }

  @Test
  void aSignedUrlWorksWithChunks() throws Exception {
    UploadId id = new UploadId("0000-signed-chunks");
    String query = "upload-token=" + token(id, 60) + "&" + chunk(1);

    assertThat(send("GET", "/uploads?" + query, "").statusCode()).isEqualTo(204);
    HttpResponse<String> stored = chunk("/uploads?" + query, "hello");

    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(stored.body()).contains(id.value());
    String another =
        query.replace("TotalSize=5", "TotalSize=6").replace("ChunkSize=5", "ChunkSize=6");
    assertThat(chunk("/uploads?" + another, "hello!").statusCode()).isEqualTo(400);
    assertThat(send("GET", "/files/" + id, ALICE).body()).isEqualTo("hello");
  }

  @Test
  void anExpiredUrlIsOfNoUse() throws Exception {
    String token = token(new UploadId("0000-signed-too-late"), -1);

    assertThat(create("/files?upload-token=" + token, "").statusCode()).isEqualTo(403);
    assertThat(send("GET", "/uploads?upload-token=" + token + "&" + chunk(1), "").statusCode())
        .isEqualTo(400);
  }

  private String token(UploadId id, int seconds) {
    return signed.token(
        new Owner("Alice@example.com"),
        new UploadScope.Single(id, 1_000),
        Instant.now().plusSeconds(seconds));
  }

  private static String chunk(int number) {
    return "resumableChunkNumber=%d&resumableChunkSize=5&resumableCurrentChunkSize=5"
            .formatted(number)
        + "&resumableTotalSize=5&resumableIdentifier=x&resumableFilename=x&resumableTotalChunks=1";
  }

  private static String basic(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static String location(HttpResponse<String> created) {
    URI url = URI.create(created.headers().firstValue("Location").orElseThrow());
    return url.getPath() + (url.getQuery() == null ? "" : "?" + url.getQuery());
  }

  private HttpResponse<String> create(String path, String authorization, String... headers)
      throws Exception {
    return tus("POST", path, authorization, with(headers, "Upload-Length", "5"));
  }

  private HttpResponse<String> append(String path, String authorization) throws Exception {
    HttpRequest.Builder request =
        request(path, authorization)
            .method("PATCH", BodyPublishers.ofString("hello"))
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Offset", "0")
            .header("Content-Type", "application/offset+octet-stream");
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> tus(
      String method, String path, String authorization, String... headers) throws Exception {
    String[] all = with(headers, "Tus-Resumable", "1.0.0");
    return method.equals("PATCH")
        ? append(path, authorization)
        : send(method, path, authorization, all);
  }

  private HttpResponse<String> chunk(String path, String body) throws Exception {
    HttpRequest.Builder request =
        request(path, "")
            .method("POST", BodyPublishers.ofString(body))
            .header("Content-Type", "application/octet-stream");
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(
      String method, String path, String authorization, String... headers) throws Exception {
    HttpRequest.Builder request =
        request(path, authorization).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String authorization) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.getURI().resolve(path));
    return authorization.isEmpty() ? request : request.header("Authorization", authorization);
  }

  private static String[] with(String[] headers, String... more) {
    String[] all = Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return all;
  }
}
