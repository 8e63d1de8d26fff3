package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tus.java.client.TusClient;
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
    try (PageServer _ = pages;
        Storage _ = storage;
        PackagedApp _ = app) {
      // what was opened is closed, if not all of it was
    }
  }

  @Test
  void thereIsOneForEachClient() {
    assertThat(Snippet.all())
        .extracting(Snippet::client)
        .containsExactly(
            "Resumable.js",
            "Flow.js",
            "tus-js-client in a browser",
            "tus-js-client in Node",
            "Uppy",
            "tus-java-client",
            "curl",
            "curl by the IETF's draft");
  }

  static List<Snippet> snippets() {
    return Snippet.all();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void aSnippetUploadsAFile(Snippet snippet) throws Exception {
    switch (snippet.kind()) {
      case "js browser" -> inABrowser(snippet);
      case "js node" -> inNode(snippet);
      case "java" -> inJava(snippet);
      case "sh" -> inAShell(snippet);
      default -> throw new AssertionError("nobody knows how to run " + snippet.kind());
    }
  }

  @ParameterizedTest
  @MethodSource("browserSnippets")
  void aSnippetGoesOnAfterAReload(Snippet snippet) throws Exception {
    try (Browser browser = open(snippet)) {
      browser.throttle(Sample.MIB / 4); // so that it is not all there before the reload
      browser.choose(onDisk);
      Eventually.holds("some of it is there", LIMIT, this::someBytesAreThere);
      browser.reload();
      browser.throttle(100 * Sample.MIB);
      browser.choose(onDisk);

      assertArrives();
      assertThat(filesBelow("partial")).as("uploads that were begun and left").isEmpty();
    }
  }

  private boolean someBytesAreThere() throws IOException {
    for (Path partial : filesBelow("partial")) {
      if (Files.size(partial) > 0) {
        return true;
      }
    }
    return false;
  }

  static List<Snippet> browserSnippets() {
    return Snippet.all().stream().filter(snippet -> snippet.kind().equals("js browser")).toList();
  }

  private void inABrowser(Snippet snippet) throws Exception {
    try (Browser browser = open(snippet)) {
      browser.choose(onDisk);

      assertArrives();
    }
  }

  private Browser open(Snippet snippet) throws IOException, InterruptedException {
    Browser.requireInstalled();
    NpmClients.requireInstalled();
    String name = snippet.client().replaceAll("\\W", "");
    Path place = Files.createDirectories(NpmClients.DIRECTORY.resolve("snippets/" + name));
    Path code = snippet.writeTo(place.resolve("source.js"), app);
    NpmClients.bundle(code, place.resolve("snippet.js"));
    Files.writeString(
        place.resolve("index.html"),
        Files.readString(NpmClients.DIRECTORY.resolve("snippet.html")));
    return Browser.open(
        pages.address().resolve("snippets/" + name + "/index.html"), directory.resolve("profile"));
  }

  private void inNode(Snippet snippet) throws Exception {
    NpmClients.requireInstalled();
    Path code = snippet.writeTo(NpmClients.DIRECTORY.resolve("snippets/node.js"), app);

    run(new ProcessBuilder("node", code.toString(), file.name()));

    assertArrives();
  }

  private void inJava(Snippet snippet) throws Exception {
    Path code = snippet.writeTo(directory.resolve("Send.java"), app);
    Path client =
        Path.of(TusClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());

    run(
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            client.toString(),
            code.toString(),
            file.name()));

    assertArrives();
  }

  private void inAShell(Snippet snippet) throws Exception {
    if (Programs.find("curl").isEmpty()) {
      Programs.missing(
          "UPLOAD_REQUIRE_CLIENTS", "no curl here; this test needs: apt-get install curl");
    }
    Path code = snippet.writeTo(directory.resolve("snippet.sh"), app);

    run(new ProcessBuilder("sh", "-eu", code.toString()));

    assertArrives();
  }

  /** Runs it beside the file. */
  private void run(ProcessBuilder command) throws InterruptedException {
    try (ServerProcess process =
        ServerProcess.start("snippet", command.directory(directory.toFile()))) {
      int status = process.awaitExit(LIMIT);

      assertThat(status).as(process.log()).isZero();
    }
  }

  private void assertArrives() throws Exception {
    Eventually.holds("the file is there", LIMIT, () -> !filesBelow("files").isEmpty());
    Path finished = filesBelow("files").getFirst();
    assertThat(finished.getFileName()).hasToString(file.name());
    assertThat(HexFormat.of().formatHex(Sample.newSha256().digest(Files.readAllBytes(finished))))
        .isEqualTo(file.sha256());
  }

  private List<Path> filesBelow(String place) throws IOException {
    Path root = directory.resolve("root").resolve(place);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
