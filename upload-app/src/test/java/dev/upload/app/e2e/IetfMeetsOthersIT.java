package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.app.e2e.IetfClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An upload that was begun with one protocol, and is asked for or continued with another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IetfMeetsOthersIT {

  private static final String TUS = "Tus-Resumable: 1.0.0\r\n";

  private final Sample file = new Sample("met.bin", 21, 3 * Sample.MIB + 4_711, Sample.MIB);
  private final byte[] content = file.all();

  private Storage storage;
  private PackagedApp app;
  private IetfClient ietf;
  private ChunkClient chunks;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    storage = Storage.open(Storage.Kind.FILESYSTEM, directory);
    app = storage.startApp();
    ietf = new IetfClient(app.address());
    chunks = new ChunkClient(app.address());
  }

  @AfterAll
  void stop() throws Exception {
    try (Storage _ = storage;
        PackagedApp _ = app;
        ChunkClient _ = chunks) {
      // what was opened is closed, if not all of it was
    }
  }

  @Test
  void whatTusBeganIsFinishedAsTheDraftHasIt() throws Exception {
    byte[] first = Arrays.copyOf(content, 400_000);
    byte[] rest = Arrays.copyOfRange(content, 400_000, content.length);
    Answer created =
        ietf.exchange(
            "POST /files",
            TUS
                + "Content-Type: application/offset+octet-stream\r\nUpload-Length: "
                + content.length
                + "\r\n",
            first);
    String upload = created.location();

    Answer asked = ietf.head(upload);
    Answer finished = ietf.append(upload, 400_000, rest, IetfClient.LAST);

    assertThat(asked.header("Upload-Offset")).isEqualTo("400000");
    assertThat(asked.header("Upload-Complete")).isEqualTo("?0");
    assertThat(asked.header("Upload-Length")).isEqualTo(Integer.toString(content.length));
    assertThat(finished.header("Upload-Complete")).isEqualTo("?1");
    assertDownloads(upload);
  }

  @Test
  void whatTheDraftBeganIsContinuedWithTus() throws Exception {
    byte[] first = Arrays.copyOf(content, 400_000);
    byte[] second = Arrays.copyOfRange(content, 400_000, 900_000);
    byte[] rest = Arrays.copyOfRange(content, 900_000, content.length);
    String upload =
        ietf.create(first, IetfClient.UNFINISHED + "Upload-Length: " + content.length + "\r\n")
            .location();

    Answer asked = ietf.exchange("HEAD " + upload, TUS, new byte[0]);
    Answer continued =
        ietf.exchange(
            "PATCH " + upload,
            TUS + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 400000\r\n",
            second);
    Answer finished = ietf.append(upload, 900_000, rest, IetfClient.LAST);

    assertThat(asked.header("Upload-Offset")).isEqualTo("400000");
    assertThat(continued.status()).isEqualTo(204);
    assertThat(continued.header("Upload-Offset")).isEqualTo("900000");
    assertThat(finished.header("Upload-Complete")).isEqualTo("?1");
    assertDownloads(upload);
  }

  @Test
  void whatTusGivesUpIsGone() throws Exception {
    String upload = ietf.create(Arrays.copyOf(content, 10), IetfClient.UNFINISHED).location();

    Answer ended = ietf.exchange("DELETE " + upload, TUS, new byte[0]);

    assertThat(ended.status()).isEqualTo(204);
    assertThat(ietf.head(upload).status()).isIn(404, 410);
  }

  @Test
  void chunksAreToldAsFarAsNoneIsMissing() throws Exception {
    String upload = "/files/" + ChunkClient.id(chunks.octet(file, 1));
    chunks.octet(file, 3);

    Answer gap = ietf.head(upload);
    chunks.octet(file, 2);
    Answer whole = ietf.head(upload);

    assertThat(gap.header("Upload-Offset")).isEqualTo(Integer.toString(Sample.MIB));
    assertThat(gap.header("Upload-Complete")).isEqualTo("?0");
    assertThat(whole.header("Upload-Offset")).isEqualTo(Integer.toString(file.length()));
    assertThat(whole.header("Upload-Complete")).isEqualTo("?1");
    assertThat(chunks.sha256(IetfClient.id(upload))).isEqualTo(file.sha256());
  }

  private void assertDownloads(String upload) throws IOException, InterruptedException {
    assertThat(chunks.sha256(IetfClient.id(upload))).isEqualTo(file.sha256());
  }
}
