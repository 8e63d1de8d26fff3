package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.app.e2e.TusRun.Exchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** tus-js-client in Chromium, on a page of another origin than the app. */
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TusBrowserIT {

  private static final int PARALLEL = 4;

  /** The page hears of progress when it has time; the end is seconds behind where it stops. */
  private static final int SLOWLY = 6 * Sample.MIB;

  private static final int QUICKLY = 100 * Sample.MIB;

  @Parameter Storage.Kind kind;

  private final Sample file =
      new Sample("Übergröße – 写真 🐘 100%.bin", 12, 40 * Sample.MIB + 4_711, Sample.MIB);

  private Path directory;
  private Path onDisk;
  private Storage storage;
  private PageServer pages;
  private PackagedApp app;
  private ChunkClient client;
  private TusPage page;
  private int profiles;

  @BeforeAll
  static void needsChromiumAndNode() {
    Browser.requireInstalled();
    NpmClients.requireInstalled();
  }

  @BeforeParameterizedClassInvocation(injectArguments = false)
  void start(@TempDir Path directory) throws IOException {
    this.directory = directory;
    onDisk = file.writeTo(directory);
    pages = PageServer.of(NpmClients.DIRECTORY);
    storage = Storage.open(kind, directory);
    app = storage.startApp(settings());
    client = new ChunkClient(app.address());
  }

  /** Lets pages of the other origin in, and serves them on the app's own as well. */
  private List<String> settings() {
    List<String> settings = new ArrayList<>(pages.allowed());
    String pageFiles = "--micronaut.router.static-resources.clients.";
    settings.add(pageFiles + "paths=" + NpmClients.DIRECTORY.toUri());
    settings.add(pageFiles + "mapping=/clients/**");
    return settings;
  }

  @BeforeEach
  void openThePage() {
    page = open(pages.address().resolve("tus-page.html"));
  }

  private TusPage open(URI address) {
    return TusPage.open(address, directory.resolve("profile-" + ++profiles), app, onDisk);
  }

  @AfterEach
  void closeThePage() {
    page.close();
  }

  @AfterParameterizedClassInvocation
  void stop() throws Exception {
    try (PageServer _ = pages;
        Storage _ = storage;
        PackagedApp _ = app;
        ChunkClient _ = client) {
      // what was opened is closed, if not all of it was
    }
  }

  @Test
  void aFileArrivesUnderItsName() throws Exception {
    TusRun run = upload(Map.of());

    assertArrived(run);
    assertThat(run.exchanges())
        .containsExactly(new Exchange("POST", 201), new Exchange("PATCH", 0, 204));
  }

  @Test
  void thePageMayBeOnTheAppsOwnOrigin() throws Exception {
    page.close();
    page = open(app.address().resolve("clients/tus-page.html"));

    assertArrived(upload(Map.of()));
  }

  @Test
  void fourPartsSideBySideBecomeOneFile() throws Exception {
    TusRun run = upload(Map.of("parallelUploads", PARALLEL));

    assertArrived(run);
    assertThat(run.exchanges("POST")).hasSize(PARALLEL + 1).containsOnly(new Exchange("POST", 201));
  }

  @Test
  void aStreamTellsItsLengthInARequestOfItsOwn() throws Exception {
    int chunk = 7 * Sample.MIB;
    TusRun run = upload(Map.of("stream", true, "uploadLengthDeferred", true, "chunkSize", chunk));

    assertArrived(run);
    assertThat(run.exchanges("PATCH")).extracting(Exchange::status).containsOnly(204);
    assertThat(run.exchanges().getLast().offset()).isEqualTo(file.length());
  }

  @Test
  void whatWasAbortedGoesOnAfterThePageIsLoadedAgain() throws Exception {
    int fortyPercent = file.length() / 5 * 2;

    page.throttle(SLOWLY);
    TusRun first = upload(Map.of("stopAt", fortyPercent));
    page.throttle(QUICKLY);
    page.reload();
    TusRun second = upload(Map.of("resume", true));

    assertThat(second.finished()).isEqualTo(first.stopped());
    assertArrived(second);
    assertThat(second.exchanges()).hasSize(2);
    assertThat(second.exchanges().getFirst()).isEqualTo(new Exchange("HEAD", 200));
    assertThat(second.exchanges().getLast().offset())
        .isBetween(fortyPercent / 2L, file.length() - 1L);
  }

  private TusRun upload(Map<String, Object> options) throws Exception {
    Map<String, Object> all = new HashMap<>(options);
    all.put("metadata", Map.of("filename", file.name(), "filetype", "application/octet-stream"));
    return page.upload(all);
  }

  private void assertArrived(TusRun run) throws IOException, InterruptedException {
    String id = TusRun.id(run.finished());
    assertThat(client.sha256(id)).isEqualTo(file.sha256());
    assertThat(client.downloadName(id)).isEqualTo(file.name());
  }
}
