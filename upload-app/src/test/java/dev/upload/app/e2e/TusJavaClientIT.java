package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.tus.java.client.ProtocolException;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** tus-java-client, as it comes from Maven Central, and an app that is killed in the middle. */
class TusJavaClientIT {

  /** The client sends so much in one request, and asks for the answer then. */
  private static final int REQUEST_BYTES = 10 * Sample.MIB;

  private static final int BEFORE_THE_KILL = 27 * Sample.MIB;

  @TempDir Path directory;

  private final TusURLMemoryStore urls = new TusURLMemoryStore();
  private final Sample file = new Sample("geprüft 検査.bin", 99, 48 * Sample.MIB + 4_711, Sample.MIB);

  @ParameterizedTest
  @EnumSource
  void anUploadGoesOnAfterTheAppWasKilled(Storage.Kind kind) throws Exception {
    Path onDisk = file.writeTo(directory);
    List<String> port = List.of("--micronaut.server.port=" + Ports.free());
    try (Storage storage = Storage.open(kind, directory)) {
      String begun;
      try (PackagedApp app = storage.startApp(port)) {
        TusUploader uploader = client(app).createUpload(new TusUpload(onDisk.toFile()));
        begun = uploader.getUploadURL().toString();
        send(uploader, BEFORE_THE_KILL);
        app.close();
        assertThatException().isThrownBy(() -> send(uploader, file.length()));
      }

      try (PackagedApp app = storage.startApp(port);
          ChunkClient downloads = new ChunkClient(app.address())) {
        TusUploader uploader = client(app).resumeUpload(new TusUpload(onDisk.toFile()));
        assertThat(uploader.getUploadURL()).asString().isEqualTo(begun);
        assertThat(uploader.getOffset())
            .as("two requests were answered, the third was not")
            .isBetween(2L * REQUEST_BYTES, file.length() - 1L);

        send(uploader, file.length());
        uploader.finish();

        String id = TusRun.id(uploader.getUploadURL().toURI());
        assertThat(downloads.sha256(id)).isEqualTo(file.sha256());
        assertThat(downloads.downloadName(id)).isEqualTo(file.name());
      }
    }
  }

  private TusClient client(PackagedApp app) throws IOException {
    TusClient client = new TusClient();
    client.setUploadCreationURL(app.address().resolve("files").toURL());
    client.enableResuming(urls);
    return client;
  }

  /** Sends until {@code offset}, or the end of the file. */
  private static void send(TusUploader uploader, long offset)
      throws IOException, ProtocolException {
    uploader.setChunkSize(Sample.MIB);
    uploader.setRequestPayloadSize(REQUEST_BYTES);
    while (uploader.getOffset() < offset && uploader.uploadChunk() >= 0) {
      // the condition says it all
    }
  }
}
