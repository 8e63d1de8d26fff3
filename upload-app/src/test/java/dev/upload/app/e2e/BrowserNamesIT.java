package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Five files at once, in both ways of sending, under names that are hard to carry. */
class BrowserNamesIT {

  @TempDir Path directory;

  private final List<Sample> files =
      List.of(
          new Sample("plain.bin", 1, 3 * Sample.MIB + 1, Sample.MIB),
          new Sample("with spaces & + % 100%25.txt", 2, 2 * Sample.MIB - 1, Sample.MIB),
          new Sample("\"double\" and 'single' quotes; a=b.bin", 3, 1, Sample.MIB),
          new Sample("Ünïcödé 🐘 日本語.bin", 4, 5 * Sample.MIB, Sample.MIB),
          new Sample("empty", 5, 0, Sample.MIB));

  @BeforeAll
  static void needsChromium() {
    Browser.requireInstalled();
  }

  @ParameterizedTest
  @ValueSource(strings = {"octet", "multipart"})
  void fiveFilesArriveUnderTheirNames(String method) throws Exception {
    Path source = Files.createDirectory(directory.resolve("source"));
    Path[] paths = new Path[files.size()];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = files.get(i).writeTo(source);
    }
    try (Storage storage = Storage.open(Storage.Kind.FILESYSTEM, directory);
        PackagedApp app = storage.startApp();
        ChunkClient client = new ChunkClient(app.address());
        Browser browser =
            Browser.open(
                app.address().resolve("?chunkSize=1048576&method=" + method),
                directory.resolve("profile"))) {

      browser.choose(paths);
      browser.awaitComplete(files.size(), Duration.ofSeconds(90));

      // Windows takes no double quotes in names, and nobody knows who will download it.
      for (Sample file : files) {
        String id = browser.row(file.name()).attribute("upload-id");
        assertThat(client.sha256(id)).as(file.name()).isEqualTo(file.sha256());
        assertThat(client.downloadName(id)).isEqualTo(file.name().replace('"', '_'));
      }
    }
    try (Stream<Path> partial = Files.list(directory.resolve("root/partial"))) {
      assertThat(partial).isEmpty();
    }
  }
}
