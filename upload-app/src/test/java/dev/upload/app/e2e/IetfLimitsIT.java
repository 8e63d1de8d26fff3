package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.app.e2e.IetfClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What clients of the draft are told of what S3 can hold: 10,000 parts, whatever is configured. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IetfLimitsIT {

  private static final byte[] NOTHING = new byte[0];

  /** Ten thousand parts of 5 GiB. */
  private static final long MOST = 10_000L * (5L << 30);

  /** Ten thousand parts of 64 MiB: what equal parts make of an upload of unknown length. */
  private static final long MOST_OF_UNKNOWN = 10_000L * (64L << 20);

  private Storage storage;
  private PackagedApp app;
  private IetfClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    storage = Storage.open(Storage.Kind.S3, directory);
    app =
        storage.startApp(
            List.of(
                "--upload.limits.max-length=60000GB",
                "--upload.limits.max-append=60000GB",
                "--upload.store.s3.equal-parts=true"));
    client = new IetfClient(app.address());
  }

  @AfterAll
  void stop() throws Exception {
    try (Storage _ = storage;
        PackagedApp _ = app) {
      // what was opened is closed, if not all of it was
    }
  }

  @Test
  void noUploadIsPromisedMoreThanTheLargestObject() throws Exception {
    Answer asked = client.exchange("OPTIONS /files", IetfClient.VERSION, NOTHING);
    Answer largest = client.create(NOTHING, IetfClient.UNFINISHED + length(MOST));
    Answer larger = client.create(NOTHING, IetfClient.UNFINISHED + length(MOST + 1));
    Answer told = client.head(largest.location());

    assertThat(asked.header("Upload-Limit")).startsWith("max-size=" + MOST + ",");
    assertThat(largest.status()).isEqualTo(201);
    assertThat(largest.header("Upload-Limit")).startsWith("max-size=" + MOST + ",");
    assertThat(told.header("Upload-Limit")).startsWith("max-size=" + MOST + ",");
    assertThat(larger.status()).isEqualTo(413);
    assertThat(larger.header("Upload-Limit")).startsWith("max-size=" + MOST + ",");
    assertThat(larger.header("Upload-Complete")).isEqualTo("?0");
  }

  @Test
  void noUploadOfUnknownLengthIsPromisedMoreThanItsPartsHold() throws Exception {
    Answer begun = client.create(NOTHING, IetfClient.UNFINISHED);
    String upload = begun.location();
    Answer told = client.head(upload);
    Answer longer = appendSaying(upload, MOST_OF_UNKNOWN + 1);
    String sent = headOfAppend(upload, MOST_OF_UNKNOWN + 1);
    Answer longest = appendSaying(upload, MOST_OF_UNKNOWN);

    assertThat(begun.header("Upload-Limit")).startsWith("max-size=" + MOST_OF_UNKNOWN + ",");
    assertThat(told.header("Upload-Limit")).startsWith("max-size=" + MOST_OF_UNKNOWN + ",");
    assertThat(longer.status()).isEqualTo(413);
    assertThat(longer.header("Upload-Limit")).startsWith("max-size=" + MOST_OF_UNKNOWN + ",");
    assertThat(new Answer(sent).status()).isEqualTo(413);
    assertThat(longest.status()).isEqualTo(204);
    assertThat(client.head(upload).header("Upload-Length"))
        .isEqualTo(Long.toString(MOST_OF_UNKNOWN));
  }

  private Answer appendSaying(String upload, long length) throws IOException {
    return client.append(upload, 0, NOTHING, IetfClient.UNFINISHED + length(length));
  }

  /** Announces a body, of which nothing is sent, and returns what is answered to that. */
  private String headOfAppend(String upload, long bytes) throws IOException {
    try (RawClient raw = new RawClient(app.address())) {
      raw.head(
          "PATCH " + upload,
          IetfClient.VERSION
              + IetfClient.UNFINISHED
              + "Content-Type: application/partial-upload\r\nUpload-Offset: 0\r\n"
              + "Expect: 100-continue\r\nContent-Length: "
              + bytes
              + "\r\n");
      return raw.nextHead();
    }
  }

  private static String length(long bytes) {
    return "Upload-Length: " + bytes + "\r\n";
  }
}
