package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Uploads through a wire that fails. {@code docs/reliability.md} has the command for a longer run.
 */
class S3FaultRunTest {

  private static final System.Logger LOG = System.getLogger(S3FaultRunTest.class.getName());
  private static final int BUFFER_BYTES = 16 << 20;

  /** What the JVM itself may have opened meanwhile. */
  private static final int MORE_DESCRIPTORS = 12;

  private final int uploads = Integer.getInteger("s3.faults.uploads", 24);
  private final long seed = Long.getLong("s3.faults.seed", 20_261_123);

  @Test
  void everyUploadCompletesOrIsSaidToBeGoneAndNothingIsLeft(@TempDir Path spool) throws Exception {
    S3Config.Builder bucket =
        EmbeddedS3.shared()
            .newBucket()
            .portable(Boolean.getBoolean("s3.faults.portable"))
            .bufferBytes(BUFFER_BYTES)
            .spoolDirectory(spool);
    Resources before = Resources.now();
    S3Config config;
    try (FaultRun run = new FaultRun(bucket, seed)) {
      config = run.calm();
      run.upload(uploads);
      run.reap();

      assertThat(run.keys()).isEqualTo(run.recordedKeys()).containsAll(run.announcedKeys());
      assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
      assertThat(run.nodes().holdNothing()).isTrue();
      assertThat(spool).isEmptyDirectory();
      run.clear();
      LOG.log(System.Logger.Level.INFO, "S3 faults, seed {0}\n{1}", "" + seed, run.figures());
    }
    assertThat(EmbeddedS3.keys(config)).isEmpty();
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
    Resources after = settled(before.descriptors() + MORE_DESCRIPTORS);
    LOG.log(System.Logger.Level.INFO, "before: {0}, after: {1}", before, after);
    assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + MORE_DESCRIPTORS);
  }

  /** The server notices a little later that connections are closed. */
  private static Resources settled(long descriptors) throws IOException, InterruptedException {
    Resources now = Resources.now();
    for (int attempt = 0; now.descriptors() > descriptors && attempt < 100; attempt++) {
      Thread.sleep(50);
      now = Resources.now();
    }
    return now;
  }
}
