package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app is told to end while bodies of every kind are half there. */
class DrainedBodiesIT {

  private static final int HALF = 2 * Sample.MIB;
  private static final String TUS = "Tus-Resumable: 1.0.0\r\n";
  private static final String BYTES = TUS + "Content-Type: application/offset+octet-stream\r\n";
  private static final Pattern LOCATION = Pattern.compile("(?i)location: http://[^/]+(\\S+)");
  private static final String BOUNDARY = "b0undary";

  @TempDir Path directory;

  private final Sample file = new Sample("drained.bin", 0, 2 * HALF, 2 * HALF);
  private final byte[] first = Arrays.copyOf(file.chunk(1), HALF);
  private final byte[] second = Arrays.copyOfRange(file.chunk(1), HALF, 2 * HALF);

  @Test
  void theyAreToldToComeBackAndWhatTusBroughtIsThere() throws Exception {
    String upload;
    try (PackagedApp app = started()) {
      upload = created(app);
      try (RawClient patch = new RawClient(app.address());
          RawClient post = new RawClient(app.address());
          RawClient form = new RawClient(app.address())) {
        patch.head("PATCH " + upload, BYTES + "Upload-Offset: 0\r\n" + length(2 * HALF));
        post.head("POST /files", BYTES + "Upload-Length: " + 2 * HALF + "\r\n" + length(2 * HALF));
        form.head("POST /uploads", formHead(formStart().length + 2 * HALF + formEnd().length));
        form.send(formStart());
        for (RawClient one : List.of(patch, post, form)) {
          one.send(first);
        }
        Eventually.holds(
            "halves are there",
            Duration.ofMinutes(1),
            () -> PartialFiles.bytes(directory.resolve("root")) >= 3L * HALF);
        app.process().terminate();

        assertThat(patch.answer()).startsWith("HTTP/1.1 423").contains("Tus-Resumable: 1.0.0");
        assertThat(post.answer()).startsWith("HTTP/1.1 423").contains("Tus-Resumable: 1.0.0");
        assertThat(form.answer()).startsWith("HTTP/1.1 423");
        assertThat(app.process().awaitExit(Duration.ofMinutes(1))).isZero();
      }
    }
    try (PackagedApp next = started();
        ChunkClient client = new ChunkClient(next.address())) {
      assertThat(answer(next, "HEAD " + upload, TUS, new byte[0]))
          .containsIgnoringCase("upload-offset: " + HALF + "\r\n");
      assertThat(answer(next, "PATCH " + upload, BYTES + "Upload-Offset: " + HALF + "\r\n", second))
          .startsWith("HTTP/1.1 204");
      assertThat(client.sha256(upload.substring(upload.lastIndexOf('/') + 1)))
          .isEqualTo(file.sha256());
      String whole = ChunkClient.id(client.multipart(file, 1));
      assertThat(client.sha256(whole)).isEqualTo(file.sha256());
    }
  }

  private PackagedApp started() {
    return PackagedApp.start(
        directory,
        "--upload.store.filesystem.root=" + directory.resolve("root"),
        "--upload.drain.timeout=1s");
  }

  private String created(PackagedApp app) throws IOException {
    String head = TUS + "Upload-Length: " + 2 * HALF + "\r\n";
    Matcher location = LOCATION.matcher(answer(app, "POST /files", head, new byte[0]));
    assertThat(location.find()).isTrue();
    return location.group(1);
  }

  private static String answer(PackagedApp app, String line, String headers, byte[] body)
      throws IOException {
    try (RawClient client = new RawClient(app.address())) {
      return client.head(line, headers + length(body.length)).send(body).answer();
    }
  }

  private static String length(long bytes) {
    return "Content-Length: " + bytes + "\r\n";
  }

  private static String formHead(long bytes) {
    return "Content-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\n" + length(bytes);
  }

  private byte[] formStart() {
    StringBuilder form = new StringBuilder();
    ChunkRequests.parameters(file, 1)
        .forEach((name, value) -> form.append(part("name=\"" + name + "\"")).append(value));
    return form.append(part("name=\"file\"; filename=\"blob\""))
        .substring(2)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String part(String disposition) {
    return "\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
  }

  private static byte[] formEnd() {
    return ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
