package dev.upload.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.app.e2e.IetfClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kill -9} in the middle of a body takes nothing of which its sender was told. */
class IetfKilledIT {

  private static final Pattern OFFSET = Pattern.compile("(?i)\\nupload-offset: (\\d+)\r\n");
  private static final List<String> OFTEN = List.of("--upload.http.resumable.progress-bytes=1MB");

  @TempDir Path directory;

  private final Sample file = new Sample("killed.bin", 78, 24 * Sample.MIB + 4_711, Sample.MIB);
  private final byte[] content = file.all();

  @ParameterizedTest
  @EnumSource
  void whatWasToldIsThereAfterwards(Storage.Kind kind) throws Exception {
    try (Storage storage = Storage.open(kind, directory)) {
      Told told;
      try (PackagedApp app = storage.startApp(OFTEN)) {
        told = uploadUntilKilled(app);
      }

      try (PackagedApp app = storage.startApp();
          ChunkClient chunks = new ChunkClient(app.address())) {
        IetfClient client = new IetfClient(app.address());
        Answer asked = client.head(told.upload());
        int offset = Integer.parseInt(asked.header("Upload-Offset"));
        byte[] rest = Arrays.copyOfRange(content, offset, content.length);
        Answer finished = client.append(told.upload(), offset, rest, IetfClient.LAST);

        assertThat(offset).isBetween((int) told.offset(), content.length / 2);
        assertThat(asked.header("Upload-Complete")).isEqualTo("?0");
        assertThat(finished.header("Upload-Complete")).isEqualTo("?1");
        assertThat(chunks.sha256(IetfClient.id(told.upload()))).isEqualTo(file.sha256());
      }
    }
  }

  /** What the sender knew when the connection ended. */
  private record Told(String upload, long offset) {}

  private Told uploadUntilKilled(PackagedApp app) throws IOException {
    try (RawClient client = new RawClient(app.address())) {
      client.head(
          "POST /files",
          IetfClient.VERSION + IetfClient.LAST + "Content-Length: " + content.length + "\r\n");
      String upload = new Answer(client.nextHead()).location();
      client.send(Arrays.copyOf(content, content.length / 2));
      long offset = nextOffset(client);
      app.close();
      for (long next = offset; next >= 0; next = nextOffset(client)) {
        offset = next;
      }
      assertThat(offset).as(app.process().log()).isPositive();
      return new Told(upload, offset);
    }
  }

  /** Returns what an interim response tells, or -1 at the end of the connection. */
  private static long nextOffset(RawClient client) {
    try {
      Matcher told = OFFSET.matcher(client.nextHead());
      return told.find() ? Long.parseLong(told.group(1)) : -1;
    } catch (IOException reset) {
      return -1;
    }
  }
}
