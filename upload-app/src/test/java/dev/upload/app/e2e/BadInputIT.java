package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused leaves nothing behind: no file, no session, no descriptor. */
class BadInputIT {

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Sample FILE = BadRequest.FILE;

  @TempDir static Path directory;
  private static PackagedApp app;
  private static long openFilesAtRest;

  @BeforeAll
  static void start() throws Exception {
    app = PackagedApp.start(directory, "--upload.store.filesystem.root=root");
    try (ChunkClient client = new ChunkClient(app.address())) {
      String id = ChunkClient.id(client.octet(FILE, 1));
      assertThat(client.multipart(FILE, 1).statusCode()).isEqualTo(200);
      assertThat(client.delete(id).statusCode()).isEqualTo(204);
    }
    Eventually.pause();
    openFilesAtRest = app.process().openFiles();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @MethodSource("dev.upload.app.e2e.BadRequest#all")
  void isRefusedWithAProblemDocument(BadRequest request) throws Exception {
    String answer;
    try (RawClient client = new RawClient(app.address())) {
      answer =
          client
              .head(request.line(), request.headers())
              .send(request.body().getBytes(StandardCharsets.US_ASCII))
              .answer();
    }

    assertThat(answer)
        .startsWith("HTTP/1.1 " + request.status())
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("\"type\":\"urn:upload:problem:" + request.kind() + "\"");
    nothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/octet-stream", "multipart/form-data; boundary=xyz"})
  void aChunkThatIsCutOffIsNotThere(String type) throws Exception {
    try (RawClient client = new RawClient(app.address())) {
      client
          .head(
              "POST /uploads?" + BadRequest.query(1),
              "Content-Type: %s\r\nContent-Length: 1000\r\n".formatted(type))
          .send(Arrays.copyOf(FILE.chunk(1), 400));
      Eventually.pause();
      client.reset();
    }

    Eventually.holds("chunk is not there", SOON, () -> test(1).startsWith("HTTP/1.1 204"));
    Eventually.holds("descriptors are closed", SOON, this::descriptorsAreBack);
    try (ChunkClient client = new ChunkClient(app.address())) {
      assertThat(client.delete(ChunkClient.id(client.octet(FILE, 1))).statusCode()).isEqualTo(204);
    }
    nothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../escaped", "/tmp/escaped", "..\\..\\escaped", "a\0escaped", "."})
  void noNameLeadsOutOfTheRoot(String name) throws Exception {
    Sample file = new Sample(name, 12, 10, 1_000);
    try (ChunkClient client = new ChunkClient(app.address())) {

      HttpResponse<String> answer = client.octet(file, 1);

      if (answer.statusCode() == 200) {
        assertThat(client.sha256(ChunkClient.id(answer))).isEqualTo(file.sha256());
      } else {
        assertThat(answer.statusCode()).isEqualTo(400);
      }
    }
    List<Path> outside = filesBelow(directory);
    outside.removeAll(filesBelow(directory.resolve("root")));
    assertThat(outside).isEmpty();
    assertThat(Path.of("/tmp/escaped")).doesNotExist();
    for (Path finished : filesBelow(directory.resolve("root/files"))) {
      Files.delete(finished);
    }
  }

  @Test
  void anIdentifierIsNeverAPath() throws Exception {
    String query = BadRequest.query(1).replace(FILE.identifier(), "..%2F..%2Fetc%2Fpasswd%00");
    String answer;
    try (RawClient client = new RawClient(app.address())) {
      answer =
          client
              .head("POST /uploads?" + query, "Content-Length: 1000\r\n")
              .send(FILE.chunk(1))
              .answer();
    }

    assertThat(answer).startsWith("HTTP/1.1 200").containsPattern("\"id\":\"[0-9a-f]{64}\"");
    assertThat(filesBelow(directory)).allMatch(file -> file.startsWith(directory.resolve("root")));
    try (ChunkClient client = new ChunkClient(app.address())) {
      String id = answer.replaceAll("(?s).*\"id\":\"([0-9a-f]+)\".*", "$1");
      assertThat(client.delete(id).statusCode()).isEqualTo(204);
    }
    nothingIsLeft();
  }

  private static String test(int number) throws IOException {
    try (RawClient client = new RawClient(app.address())) {
      return client.head("GET /uploads?" + BadRequest.query(number), "").answer();
    }
  }

  private boolean descriptorsAreBack() throws IOException {
    return app.process().openFiles() <= openFilesAtRest;
  }

  private void nothingIsLeft() throws Exception {
    assertThat(test(1)).startsWith("HTTP/1.1 204");
    assertThat(filesBelow(directory.resolve("root/partial"))).isEmpty();
    assertThat(filesBelow(directory.resolve("root/files"))).isEmpty();
    Eventually.holds("descriptors are closed", SOON, this::descriptorsAreBack);
  }

  private static List<Path> filesBelow(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      return files.filter(Files::isRegularFile).collect(Collectors.toList());
    }
  }
}
