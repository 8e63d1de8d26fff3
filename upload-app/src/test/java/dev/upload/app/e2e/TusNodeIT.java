package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.app.e2e.TusRun.Exchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** tus-js-client in Node, as it comes from npm. */
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TusNodeIT {

  private static final int PARALLEL = 4;

  @Parameter Storage.Kind kind;

  private final Sample file =
      new Sample("Übergröße – 写真 🐘 100%.bin", 11, 64 * Sample.MIB + 4_711, Sample.MIB);
  private final int fortyPercent = file.length() / 5 * 2;

  private Path directory;
  private Storage storage;
  private PackagedApp app;
  private ChunkClient client;
  private TusNode node;

  @BeforeAll
  static void needsNode() {
    NpmClients.requireInstalled();
  }

  @BeforeParameterizedClassInvocation(injectArguments = false)
  void start(@TempDir Path directory) throws IOException {
    this.directory = directory;
    storage = Storage.open(kind, directory);
    app = storage.startApp();
    client = new ChunkClient(app.address());
    node =
        TusNode.of(app, file.writeTo(directory))
            .with(
                "metadata",
                Map.of("filename", file.name(), "filetype", "application/octet-stream"));
  }

  @AfterParameterizedClassInvocation
  void stop() throws Exception {
    try (Storage _ = storage;
        PackagedApp _ = app;
        ChunkClient _ = client) {
      // what was opened is closed, if not all of it was
    }
  }

  @Test
  void aFileArrivesUnderItsName() throws Exception {
    TusRun run = node.upload();

    assertArrived(run);
    assertThat(run.exchanges())
        .containsExactly(new Exchange("POST", 201), new Exchange("PATCH", 0, 204));
    assertThat(run.finished()).asString().startsWith(app.address().resolve("files/").toString());
  }

  @Test
  void itMayBeginWithTheRequestThatCreatesIt() throws Exception {
    TusRun run =
        node.upload(Map.of("uploadDataDuringCreation", true, "chunkSize", 24 * Sample.MIB));

    assertArrived(run);
    assertThat(run.exchanges())
        .containsExactly(
            new Exchange("POST", 201),
            new Exchange("PATCH", 24 * Sample.MIB, 204),
            new Exchange("PATCH", 48 * Sample.MIB, 204));
  }

  @Test
  void postMayStandForPatch() throws Exception {
    TusRun run = node.upload(Map.of("overridePatchMethod", true));

    assertArrived(run);
    assertThat(run.exchanges("POST"))
        .containsExactly(new Exchange("POST", 201), new Exchange("POST", 0, 204));
  }

  @Test
  void fourPartsSideBySideBecomeOneFile() throws Exception {
    TusRun run = node.upload(Map.of("parallelUploads", PARALLEL));

    assertArrived(run);
    assertThat(run.exchanges("POST")).hasSize(PARALLEL + 1).containsOnly(new Exchange("POST", 201));
    assertThat(run.exchanges("PATCH"))
        .hasSize(PARALLEL)
        .containsOnly(new Exchange("PATCH", 0, 204));
  }

  @Test
  void aStreamTellsItsLengthAtItsEnd() throws Exception {
    TusRun run =
        node.upload(
            Map.of("stream", true, "uploadLengthDeferred", true, "chunkSize", 7 * Sample.MIB));

    assertArrived(run);
    assertThat(run.exchanges("PATCH")).hasSize(10).extracting(Exchange::status).containsOnly(204);
  }

  @Test
  void whatWasAbortedGoesOnInAnotherProcess() throws Exception {
    Map<String, Object> urls = Map.of("storage", directory.resolve("urls.json").toString());

    TusRun first = node.upload(urls, Map.of("stopAt", fortyPercent));
    TusRun second = node.upload(urls, Map.of("resume", true));

    assertThat(second.finished()).isEqualTo(first.stopped());
    assertArrived(second);
    assertThat(second.exchanges()).hasSize(2);
    assertThat(second.exchanges().getFirst()).isEqualTo(new Exchange("HEAD", 200));
    assertThat(second.exchanges("PATCH").getFirst().offset())
        .isBetween(fortyPercent / 2L, file.length() - 1L);
  }

  @Test
  void partsThatWereAbortedGoOnInAnotherProcess() throws Exception {
    Map<String, Object> urls =
        Map.of("storage", directory.resolve("parts.json").toString(), "parallelUploads", PARALLEL);

    TusRun first = node.upload(urls, Map.of("stopAt", fortyPercent));
    TusRun second = node.upload(urls, Map.of("resume", true));

    assertThat(first.text()).contains("stopped");
    assertArrived(second);
    assertThat(second.exchanges("HEAD")).hasSize(PARALLEL).containsOnly(new Exchange("HEAD", 200));
    assertThat(second.exchanges("POST")).containsExactly(new Exchange("POST", 201));
    long part = file.length() / PARALLEL;
    assertThat(second.exchanges("PATCH").stream().mapToLong(rest -> part - rest.offset()).sum())
        .as("bytes that were missing")
        .isBetween(1L, file.length() - fortyPercent / 2L);
  }

  @Test
  void whatIsFinishedIsNotSentAgain() throws Exception {
    Map<String, Object> urls = Map.of("storage", directory.resolve("finished.json").toString());

    TusRun first = node.upload(urls);
    TusRun second = node.upload(urls, Map.of("resume", true));

    assertThat(second.finished()).isEqualTo(first.finished());
    assertThat(second.exchanges()).containsExactly(new Exchange("HEAD", 200));
  }

  @Test
  void whatIsGivenUpIsGone() throws Exception {
    TusRun run = node.upload(Map.of("stopAt", fortyPercent, "terminate", true));

    assertThat(run.exchanges("DELETE")).containsExactly(new Exchange("DELETE", 204));
    assertThat(client.head(TusRun.id(run.stopped())).statusCode()).isIn(404, 410);
  }

  private void assertArrived(TusRun run) throws IOException, InterruptedException {
    URI upload = run.finished();
    assertThat(client.sha256(TusRun.id(upload))).isEqualTo(file.sha256());
    assertThat(client.downloadName(TusRun.id(upload))).isEqualTo(file.name());
  }
}
