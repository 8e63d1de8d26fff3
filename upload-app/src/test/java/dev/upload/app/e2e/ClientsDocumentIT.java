package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every snippet of {@code docs/clients.md} uploads a file as it stands there. */
class ClientsDocumentIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path directory;

  private final Sample file = new Sample("demo.bin", 55, 5 * Sample.MIB + 4_711, Sample.MIB);
  private Path onDisk;
  private PageServer pages;
  private Storage storage;
  private PackagedApp app;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(NpmClients.DIRECTORY);
    pages = PageServer.of(NpmClients.DIRECTORY);
    onDisk = file.writeTo(directory);
    storage = Storage.open(Storage.Kind.FILESYSTEM, directory);
    app = storage.startApp(pages.allowed());
  }

  @AfterEach
  void stop() throws Exception {
    app.close();
    storage.close();
    pages.close();
  }

  @Test
  void thereIsOneForEachClient() {
    assertThat(Snippet.all())
        .extracting(Snippet::client)
        .containsExactly("Resumable.js", "Flow.js");
  }

  static List<Snippet> snippets() {
    return Snippet.all();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void aSnippetUploadsAFile(Snippet snippet) throws Exception {
    switch (snippet.kind()) {
      case "js browser" -> inABrowser(snippet);
      default -> throw new AssertionError("nobody knows how to run " + snippet.kind());
    }
  }

  private void inABrowser(Snippet snippet) throws Exception {
    Browser.requireInstalled();
    NpmClients.requireInstalled();
    String name = snippet.client().replaceAll("\\W", "");
    Path place = Files.createDirectories(NpmClients.DIRECTORY.resolve("snippets/" + name));
    Path code = snippet.writeTo(place.resolve("source.js"), app);
    NpmClients.bundle(code, place.resolve("snippet.js"));
    Files.writeString(
        place.resolve("index.html"),
        Files.readString(NpmClients.DIRECTORY.resolve("snippet.html")));

    try (Browser browser =
        Browser.open(
            pages.address().resolve("snippets/" + name + "/index.html"),
            directory.resolve("profile"))) {
      browser.choose(onDisk);

      assertArrives();
    }
  }

  private void assertArrives() throws Exception {
    Eventually.holds("the file is there", LIMIT, () -> !finishedFiles().isEmpty());
    Path finished = finishedFiles().getFirst();
    assertThat(finished.getFileName()).hasToString(file.name());
    assertThat(HexFormat.of().formatHex(Sample.newSha256().digest(Files.readAllBytes(finished))))
        .isEqualTo(file.sha256());
  }

  private List<Path> finishedFiles() throws IOException {
    Path root = directory.resolve("root/files");
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
