package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.app.e2e.TusRun.Exchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The versions of the IETF's draft that tus-js-client speaks, in Chromium, on a page of another
 * origin than the app.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IetfBrowserIT {

  private static final int CHUNK = 5 * Sample.MIB;
  private static final int BYTES_PER_SECOND = 16 * Sample.MIB;

  /** The page hears of progress when it has time; the end is seconds behind where it stops. */
  private static final int SLOWLY = 2 * Sample.MIB;

  private final Sample file = new Sample("ietf.bin", 14, 12 * Sample.MIB + 4_711, Sample.MIB);

  private PageServer pages;
  private Storage storage;
  private PackagedApp app;
  private ChunkClient client;
  private TusPage page;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    Browser.requireInstalled();
    NpmClients.requireInstalled();
    pages = PageServer.of(NpmClients.DIRECTORY);
    storage = Storage.open(Storage.Kind.FILESYSTEM, directory);
    app = storage.startApp(pages.allowed());
    client = new ChunkClient(app.address());
    page =
        TusPage.open(
            pages.address().resolve("tus-page.html"),
            directory.resolve("profile"),
            app,
            file.writeTo(directory));
    page.throttle(BYTES_PER_SECOND);
  }

  @BeforeEach
  void forget() {
    page.reload();
  }

  @AfterAll
  void stop() throws Exception {
    try (PageServer _ = pages;
        Storage _ = storage;
        PackagedApp _ = app;
        ChunkClient _ = client;
        TusPage _ = page) {
      // what was opened is closed, if not all of it was
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ietf-draft-03", "ietf-draft-05"})
  void aFileArrives(String protocol) throws Exception {
    TusRun run = upload(protocol, Map.of());

    assertArrived(run);
    assertThat(run.exchanges())
        .containsExactly(new Exchange("POST", 201), new Exchange("PATCH", 0, 201));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ietf-draft-03", "ietf-draft-05"})
  void itMayComeInPiecesThatBeginWithItsCreation(String protocol) throws Exception {
    TusRun run = upload(protocol, Map.of("uploadDataDuringCreation", true, "chunkSize", CHUNK));

    assertArrived(run);
    assertThat(run.exchanges("PATCH"))
        .extracting(Exchange::offset)
        .containsExactly((long) CHUNK, 2L * CHUNK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ietf-draft-03", "ietf-draft-05"})
  void whatWasAbortedGoesOnAfterThePageIsLoadedAgain(String protocol) throws Exception {
    page.throttle(SLOWLY);
    TusRun first = upload(protocol, Map.of("stopAt", file.length() / 5 * 2));
    page.throttle(BYTES_PER_SECOND);
    page.reload();
    TusRun second = upload(protocol, Map.of("resume", true));

    assertThat(second.finished()).isEqualTo(first.stopped());
    assertArrived(second);
    assertThat(second.exchanges()).hasSize(2);
    assertThat(second.exchanges().getFirst().method()).isEqualTo("HEAD");
    assertThat(second.exchanges("PATCH").getFirst().offset()).isBetween(1L, file.length() - 1L);
  }

  private TusRun upload(String protocol, Map<String, Object> options) throws Exception {
    Map<String, Object> all = new HashMap<>(options);
    all.put("protocol", protocol);
    all.put("removeFingerprintOnSuccess", true);
    return page.upload(all);
  }

  private void assertArrived(TusRun run) throws IOException, InterruptedException {
    assertThat(client.sha256(TusRun.id(run.finished()))).isEqualTo(file.sha256());
  }
}
