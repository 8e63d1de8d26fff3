package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person closes the page in the middle, comes back, and chooses the same file again. */
class BrowserResumeIT {

  private static final int THROTTLE_BYTES_PER_SECOND = 8 * Sample.MIB;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Chunks that are under way at a time; when the network goes, each may be there or not. */
  private static final int SIMULTANEOUS = 3;

  @TempDir Path directory;

  private final Sample file = new Sample("holiday.mov", 0, 100 * Sample.MIB, Sample.MIB);

  @BeforeAll
  static void needsChromium() {
    Browser.requireInstalled();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsThereIsNotSentAgain(Storage.Kind kind) throws Exception {
    Path onDisk = file.writeTo(directory);
    try (Storage storage = Storage.open(kind, directory);
        PackagedApp app = storage.startApp()) {
      URI page =
          app.address()
              .resolve(
                  "?method=octet&simultaneous=%d&chunkSize=%d"
                      .formatted(SIMULTANEOUS, file.chunkSize()));

      long acknowledged = sendSome(page, onDisk);
      String id = sendTheRest(page, onDisk, acknowledged);

      try (ChunkClient client = new ChunkClient(app.address())) {
        assertThat(client.sha256(id)).isEqualTo(file.sha256());
      }
      if (kind == Storage.Kind.FILESYSTEM) {
        assertThat(onlyFinishedFile()).isEqualTo(file.sha256());
      }
    }
  }

  /** Takes the network away at some 40 %, and returns how many chunks were acknowledged before. */
  private long sendSome(URI page, Path onDisk) throws Exception {
    try (Browser browser = Browser.open(page, directory.resolve("first-profile"))) {
      browser.throttle(THROTTLE_BYTES_PER_SECOND);
      browser.choose(onDisk);
      Eventually.holds(
          "40 % are there",
          LIMIT, () -> browser.row(file.name()).bytes("done") >= 0.4 * file.length());
      browser.disconnect();
      long acknowledged = browser.network().answered("POST", 200);
      assertThat(acknowledged).isBetween(40L, file.chunks() - 1L);
      return acknowledged;
    }
  }

  private String sendTheRest(URI page, Path onDisk, long acknowledged) throws Exception {
    try (Browser browser = Browser.open(page, directory.resolve("second-profile"))) {
      browser.choose(onDisk);
      browser.awaitComplete(1, LIMIT);

      NetworkLog network = browser.network();
      long there = network.answered("GET", 200);
      Browser.Row row = browser.row(file.name());
      System.out.printf(
          "%d of %d chunks were there, %d sent%n", there, file.chunks(), network.sent("POST"));
      assertThat(there).isBetween(acknowledged, acknowledged + SIMULTANEOUS);
      assertThat(network.answered("GET", 204)).isEqualTo(file.chunks() - there);
      assertThat(network.sent("POST")).isEqualTo(file.chunks() - there);
      assertThat(row.bytes("already")).isEqualTo(there * file.chunkSize());
      return row.attribute("upload-id");
    }
  }

  private String onlyFinishedFile() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("root/files"))) {
      Path finished = files.filter(Files::isRegularFile).reduce((a, b) -> Path.of("two")).get();
      return HexFormat.of().formatHex(Sample.newSha256().digest(Files.readAllBytes(finished)));
    }
  }
}
