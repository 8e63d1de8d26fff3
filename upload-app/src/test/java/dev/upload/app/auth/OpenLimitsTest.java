package dev.upload.app.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.app.wiring.Storage;
import dev.upload.core.model.OpenUsage;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two uploads of one owner may be unfinished, three of everybody: what clients see of that. */
class OpenLimitsTest {

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final EmbeddedServer server;

  OpenLimitsTest(@TempDir Path root) {
    server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "micronaut.server.port",
                0,
                "upload.store.filesystem.root",
                root.toString(),
                "upload.limits.max-open-uploads",
                3,
                "upload.limits.max-open-uploads-per-owner",
                2,
                "upload.http.resumable-js.retry-pause",
                "0ms",
                "upload.auth.methods",
                "bearer",
                "upload.auth.tokens.alice",
                "alices-very-own-token",
                "upload.auth.tokens.bob",
                "bobs-very-own-token"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void oneOwnerIsSentAwayForAWhileAndTheOtherIsNot() throws Exception {
    String first = created("alices-very-own-token");
    assertThat(chunk("alices-very-own-token", 1).statusCode()).isEqualTo(200);

    HttpResponse<String> third = create("alices-very-own-token");

    assertThat(third.statusCode()).isEqualTo(503);
    assertThat(third.headers().firstValue("Retry-After")).isPresent();
    assertThat(third.body()).contains("throttled", "2 are the most");
    assertOpen(2);
    assertThat(chunk("alices-very-own-token", 2).statusCode()).isEqualTo(200);
    created("bobs-very-own-token");
    created("bobs-very-own-token");
    assertThat(create("bobs-very-own-token").statusCode()).isEqualTo(503);
    assertThat(create("alices-very-own-token").statusCode()).isEqualTo(503);
    assertThat(send("DELETE", first, "alices-very-own-token").statusCode()).isEqualTo(204);
    created("alices-very-own-token");
    assertOpen(3);
  }

  @Test
  void theFirstChunkOfAFileTooManyLeavesNothing() throws Exception {
    created("alices-very-own-token");
    created("alices-very-own-token");

    HttpResponse<String> refused = chunk("alices-very-own-token", 1);

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertOpen(2);
  }

  private void assertOpen(long uploads) {
    Storage storage = server.getApplicationContext().getBean(Storage.class);
    assertThat(storage.sessions().openUsage().map(OpenUsage::uploads)).contains(uploads);
  }

  private String created(String token) throws Exception {
    HttpResponse<String> answer = create(token);
    assertThat(answer.statusCode()).isEqualTo(201);
    return URI.create(answer.headers().firstValue("Location").orElseThrow()).getPath();
  }

  private HttpResponse<String> create(String token) throws Exception {
    return send("POST", "/files", token);
  }

  private HttpResponse<String> send(String method, String path, String token) throws Exception {
    return http.send(
        request(path, token)
            .method(method, BodyPublishers.noBody())
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Length", "5")
            .build(),
        BodyHandlers.ofString());
  }

  /** Sends one of the two chunks of a file. */
  private HttpResponse<String> chunk(String token, int number) throws Exception {
    String query =
        "resumableChunkNumber=%d&resumableChunkSize=5&resumableCurrentChunkSize=5".formatted(number)
            + "&resumableTotalSize=10&resumableIdentifier=x&resumableFilename=x";
    return http.send(
        request("/uploads?" + query, token)
            .POST(BodyPublishers.ofString("hello"))
            .header("Content-Type", "application/octet-stream")
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(server.getURI().resolve(path))
        .header("Authorization", "Bearer " + token);
  }
}
