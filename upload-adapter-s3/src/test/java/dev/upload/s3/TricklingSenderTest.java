package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Progress;
import dev.upload.core.Uploads;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.PiecewiseBody;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sender costs who is to be told of every byte. */
class TricklingSenderTest {

  private final S3Config config = EmbeddedS3.shared().newBucket().build();
  private final S3Uploads storage = S3Uploads.open(config);
  private final Uploads uploads = Uploads.over(storage.store(), storage.sessions()).build();
  private final List<Long> told = new ArrayList<>();
  private final List<Long> recorded = new ArrayList<>();

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void fragmentsAndRecordsWaitUntilTheyAreWorthTheirPrice() {
    byte[] whole = Bytes.random(200_000, 1);
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();
    Progress always = new Progress(1 << 20, Duration.ofNanos(1), this::tell);

    UploadSession after =
        uploads.receive(
            id, Chunk.openEnded(0), PiecewiseBody.of(new Trickle(whole, 1_000)), always);

    assertThat(told).containsExactly(65_536L, 131_072L, 196_608L);
    assertThat(recorded).isEqualTo(told);
    assertThat(after.offset()).isEqualTo(200_000);
    assertThat(EmbeddedS3.keys(config)).filteredOn(key -> key.contains("/fragments/")).hasSize(4);
  }

  private void tell(UploadSession session) {
    told.add(session.offset());
    recorded.add(storage.sessions().find(session.id()).orElseThrow().offset());
  }

  /** Brings a little at a time. */
  private static final class Trickle extends InputStream {

    private final InputStream source;
    private final int most;

    Trickle(byte[] whole, int most) {
      this.source = new ByteArrayInputStream(whole);
      this.most = most;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("bodies are read in arrays");
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      return source.read(bytes, offset, Math.min(count, most));
    }
  }
}
