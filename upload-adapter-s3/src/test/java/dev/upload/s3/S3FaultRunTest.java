package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Uploads through a wire that fails. A longer run: {@code mvn -pl upload-adapter-s3 -am test
 * -Dtest=S3FaultRunTest -Dsurefire.failIfNoSpecifiedTests=false -Ds3.faults.uploads=1000
 * -Ds3.faults.seed=1}.
 */
class S3FaultRunTest {

  private static final System.Logger LOG = System.getLogger(S3FaultRunTest.class.getName());

  private final int uploads = Integer.getInteger("s3.faults.uploads", 24);
  private final long seed = Long.getLong("s3.faults.seed", 20_261_123);

  @Test
  void everyUploadCompletesOrIsSaidToBeGoneAndNothingIsLeft() throws Exception {
    S3Config.Builder bucket = EmbeddedS3.shared().newBucket().answerTimeout(Duration.ofMillis(500));
    try (FaultRun run = new FaultRun(bucket, seed)) {
      run.upload(uploads);
      run.reap();

      LOG.log(System.Logger.Level.INFO, "seed {0}\n{1}", Long.toString(seed), run.figures());
      assertThat(run.keys()).isEqualTo(run.finishedKeys());
      assertThat(EmbeddedS3.multipartUploads(run.calm())).isEmpty();
      assertThat(run.nodes().holdNothing()).isTrue();
    }
  }
}
