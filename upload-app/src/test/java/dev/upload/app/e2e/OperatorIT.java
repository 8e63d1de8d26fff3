package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person meets who starts, stops and configures the app. */
class OperatorIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String ROOT = "--upload.store.filesystem.root=root";

  @TempDir Path directory;

  @Test
  void aSecondProcessOnTheSameDirectoryIsRefused() throws Exception {
    try (PackagedApp first = PackagedApp.start(directory, ROOT);
        ServerProcess second = PackagedApp.launch(directory, ROOT);
        ChunkClient client = new ChunkClient(first.address())) {

      assertThat(second.awaitExit(LIMIT)).isEqualTo(1);

      assertThat(second.log())
          .contains(directory.resolve("root").toRealPath() + " is in use by another process");
      assertThat(client.test(BadRequest.FILE, 1)).isEqualTo(204);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--upload.store.type=tape",
        "--upload.store.type=s3", // names the bucket that is missing
        "--upload.limits.max-length=0",
        "--upload.limits.max-chunk=many",
        "--upload.limits.min-free=-1",
        "--upload.durability=perhaps",
        "--upload.expiry=-1s",
        "--upload.destination=../{id}",
        "--upload.auth.methods=nobody",
        "--upload.no-such-key=1"
      })
  void aWrongSettingIsRefusedByName(String setting) throws Exception {
    String key =
        setting.endsWith("s3")
            ? "upload.store.s3.bucket"
            : setting.substring(2, setting.indexOf('='));

    try (ServerProcess app = PackagedApp.launch(directory, ROOT, setting)) {
      assertThat(app.awaitExit(LIMIT)).isEqualTo(1);

      assertThat(app.log()).contains(key).doesNotContain("\tat ");
    }
  }

  @Test
  void itDoesNotStartForOthersUnlessSomebodyChoseWhoMayUpload() throws Exception {
    try (ServerProcess app =
        PackagedApp.launch(directory, ROOT, "--micronaut.server.host=0.0.0.0")) {
      assertThat(app.awaitExit(LIMIT)).isEqualTo(1);

      assertThat(app.log())
          .contains("micronaut.server.host is 0.0.0.0", "upload.auth.methods")
          .doesNotContain("Ready at");
    }
  }

  @Test
  void itEndsSoonWhenItIsTold() throws Exception {
    try (PackagedApp app = PackagedApp.start(directory, ROOT);
        ChunkClient client = new ChunkClient(app.address())) {
      assertThat(client.octet(BadRequest.FILE, 1).statusCode()).isEqualTo(200);

      app.process().terminate();

      int status = app.process().awaitExit(Duration.ofSeconds(30));
      System.out.println("SIGTERM ends the app with status " + status);
      assertThat(status).isZero();
    }
    try (PackagedApp app = PackagedApp.start(directory, ROOT);
        ChunkClient client = new ChunkClient(app.address())) {
      assertThat(client.test(BadRequest.FILE, 1)).isEqualTo(200);
    }
  }

  @Test
  void itStartsThroughALinkFromElsewhereWhateverJavaIsOnThePath() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("start"), PackagedApp.LAUNCHER);
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\nexit 17\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    ProcessBuilder command =
        new ProcessBuilder(link.toString(), "--micronaut.server.port=0")
            .directory(Files.createDirectory(directory.resolve("elsewhere")).toFile());
    command
        .environment()
        .merge("PATH", bin.toString(), (path, own) -> own + File.pathSeparator + path);
    command.environment().put("JAVA_HOME", directory.resolve("nowhere").toString());

    try (PackagedApp app = PackagedApp.start(command);
        ChunkClient client = new ChunkClient(app.address())) {

      assertThat(client.octet(BadRequest.FILE, 1).statusCode()).isEqualTo(200);

      assertThat(directory.resolve("elsewhere/data/partial")).isNotEmptyDirectory();
    } finally {
      Files.delete(link); // before the directory, whose removal warns of links that lead out of it
    }
  }
}
