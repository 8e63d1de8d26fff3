package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person is quicker than the page. */
class BrowserEarlyIT {

  @TempDir Path directory;

  private final Sample file = new Sample("early.bin", 0, Sample.MIB, Sample.MIB);

  @BeforeAll
  static void needsChromium() {
    Browser.requireInstalled();
  }

  @Test
  void whatIsChosenBeforeThePageHasItsSettingsIsUploaded() throws Exception {
    Path onDisk = file.writeTo(directory);
    try (Storage storage = Storage.open(Storage.Kind.FILESYSTEM, directory);
        PackagedApp app = storage.startApp();
        ChunkClient client = new ChunkClient(app.address());
        Browser browser = Browser.openHeldBack(app.address(), directory.resolve("profile"))) {

      browser.choose(onDisk);
      assertThat(browser.rows()).as("the page has no settings yet").isEmpty();
      browser.letAsk();
      browser.awaitComplete(1, Duration.ofSeconds(60));

      String id = browser.row(file.name()).attribute("upload-id");
      assertThat(client.sha256(id)).isEqualTo(file.sha256());
    }
  }
}
