package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.app.e2e.TusRun.Exchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The versions of the IETF's draft that tus-js-client speaks, in Node, as it comes from npm.
 *
 * <p>Its 4.3.1 never says of a file or a stream that it sends in more than one request which one is
 * the last, so that the upload stays open; it does say so of bytes in memory, as in a browser.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IetfNodeIT {

  private final Sample file = new Sample("ietf.bin", 13, 64 * Sample.MIB + 4_711, Sample.MIB);

  private Path directory;
  private Storage storage;
  private PackagedApp app;
  private ChunkClient client;
  private TusNode node;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    NpmClients.requireInstalled();
    this.directory = directory;
    storage = Storage.open(Storage.Kind.FILESYSTEM, directory);
    app = storage.startApp();
    client = new ChunkClient(app.address());
    node = TusNode.of(app, file.writeTo(directory));
  }

  @AfterAll
  void stop() throws Exception {
    try (Storage _ = storage;
        PackagedApp _ = app;
        ChunkClient _ = client) {
      // what was opened is closed, if not all of it was
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ietf-draft-03", "ietf-draft-05"})
  void aFileArrives(String protocol) throws Exception {
    TusRun run = node.with("protocol", protocol).upload();

    assertArrived(run);
    assertThat(run.exchanges("POST")).containsExactly(new Exchange("POST", 201));
    assertThat(run.exchanges("PATCH")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ietf-draft-03", "ietf-draft-05"})
  void itMayComeInPiecesThatBeginWithItsCreation(String protocol) throws Exception {
    Map<String, Object> pieces =
        Map.of("uploadDataDuringCreation", true, "chunkSize", 24 * Sample.MIB);

    TusRun run = node.with("protocol", protocol).upload(inMemory(), pieces);

    assertArrived(run);
    assertThat(run.exchanges("PATCH"))
        .extracting(Exchange::offset)
        .containsExactly(24L * Sample.MIB, 48L * Sample.MIB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ietf-draft-03", "ietf-draft-05"})
  void whatWasAbortedGoesOnInAnotherProcess(String protocol) throws Exception {
    Map<String, Object> urls = Map.of("storage", directory.resolve(protocol + ".json").toString());

    TusRun first =
        node.with("protocol", protocol)
            .upload(inMemory(), urls, Map.of("stopAt", file.length() / 5 * 2));
    TusRun second =
        node.with("protocol", protocol).upload(inMemory(), urls, Map.of("resume", true));

    assertThat(second.finished()).isEqualTo(first.stopped());
    assertArrived(second);
    assertThat(second.exchanges("HEAD")).hasSize(1);
    assertThat(second.exchanges("POST")).isEmpty();
    assertThat(second.exchanges("PATCH").getFirst().offset())
        .isBetween(file.length() / 5L, file.length() - 1L);
  }

  private static Map<String, Object> inMemory() {
    return Map.of("buffer", true);
  }

  private void assertArrived(TusRun run) throws IOException, InterruptedException {
    assertThat(client.sha256(TusRun.id(run.finished()))).isEqualTo(file.sha256());
  }
}
