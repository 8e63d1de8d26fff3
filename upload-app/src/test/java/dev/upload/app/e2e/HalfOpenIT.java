package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
  private static final int PIPES = 4;
  private static final String END = "\\r\\n\\r\\n";

  @TempDir Path directory;

  @Test
  void nothingIsKeptForThem() throws Exception {
    try (OtherHost host = OtherHost.connected();
        PackagedApp app = started();
        ChunkClient near = new ChunkClient(app.address())) {
      Sample large = new Sample("large.bin", 0, 32 * Sample.MIB, 32 * Sample.MIB);
      String id = ChunkClient.id(near.octet(large, 1));
      long before = app.process().openFiles();

      host.say(app.address().getPort(), "");
      host.say(app.address().getPort(), head("GET /files/" + id, "Accept: */*"));
      host.say(
          app.address().getPort(),
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
          () -> app.process().openFiles() >= before + 5);
      host.cutOff();

      Eventually.holds(
          "their connections and files are closed",
          LIMIT,
          () -> app.process().openFiles() <= before + PIPES);
      assertThat(app.process().log()).doesNotContain(" ERROR ");
    }
  }

  private PackagedApp started() {
    return PackagedApp.start(
        directory,
        "--upload.store.filesystem.root=" + directory.resolve("data"),
        "--micronaut.server.host=" + OtherHost.HERE,
        "--upload.auth.methods=anonymous",
        "--upload.http.min-rate=50KB",
        "--upload.http.patience=2s",
        "--upload.http.head-timeout=3s");
  }

  /** As a shell's printf is told. */
  private static String head(String line, String... headers) {
    return line + " HTTP/1.1\\r\\nHost: x\\r\\n" + String.join("\\r\\n", headers) + END;
  }
}
