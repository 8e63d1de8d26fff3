package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Clients whose host vanishes from the network: no FIN, no reset, no answer to anything. */
@EnabledOnOs(OS.LINUX)
class HalfOpenIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** After which the server gives them up; until then all of them have to be seen at once. */
  private static final String SILENCE = "8s";

  private static final String END = "\\r\\n\\r\\n";

  @TempDir Path directory;

  @Test
  void nothingIsKeptForThem() throws Exception {
    try (OtherHost host = OtherHost.connected();
        PackagedApp app = started();
        ChunkClient near = new ChunkClient(app.address())) {
      Sample large = new Sample("large.bin", 0, 32 * Sample.MIB, 32 * Sample.MIB);
      String id = ChunkClient.id(near.octet(large, 1));

      host.say(
          app.address().getPort(),
          "",
          head("GET /files/" + id, "Accept: */*"),
          head(
                  "POST /files",
                  "Tus-Resumable: 1.0.0",
                  "Upload-Length: 9",
                  "Content-Type: application/offset+octet-stream",
                  "Content-Length: 9")
              + "some");
      Eventually.holds(
          "three connections and two files are open",
          LIMIT,
          () -> host.connectionsTo(app.process()) == 3 && openUploads(app) == 2);
      host.cutOff();

      Eventually.holds(
          "their connections and files are closed",
          LIMIT,
          () -> host.connectionsTo(app.process()) == 0 && openUploads(app) == 0);
      assertThat(app.process().log()).doesNotContain(" ERROR ");
    }
  }

  private long openUploads(PackagedApp app) throws IOException {
    Path root = directory.toRealPath().resolve("data");
    return app.process().openFilesBelow(root.resolve("partial"))
        + app.process().openFilesBelow(root.resolve("files"));
  }

  private PackagedApp started() {
    return PackagedApp.start(
        directory,
        "--upload.store.filesystem.root=" + directory.resolve("data"),
        "--micronaut.server.host=" + OtherHost.HERE,
        "--upload.auth.methods=anonymous",
        "--upload.http.min-rate=50KB",
        "--upload.http.patience=" + SILENCE,
        "--upload.http.head-timeout=" + SILENCE);
  }

  /** As a shell's printf is told. */
  private static String head(String line, String... headers) {
    return line + " HTTP/1.1\\r\\nHost: x\\r\\n" + String.join("\\r\\n", headers) + END;
  }
}
