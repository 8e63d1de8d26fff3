package dev.upload.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.testing.AppendSequence;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AppendSequencesTest {

  private static final int MIB = 1 << 20;

  private final S3Config config = EmbeddedS3.shared().newBucket().build();

  @Property(tries = 25)
  void anySequenceYieldsTheBytesSent(
      @ForAll("sequences") List<AppendSequence.Step> steps, @ForAll AppendSequence.End how) {
    Running begin = new Running(config, S3Uploads.open(config));

    Running end = (Running) AppendSequence.yieldsTheBytesSent(begin, steps, how);

    end.storage().close();
    assertThat(EmbeddedS3.multipartUploads(config)).isEmpty();
  }

  @Provide
  Arbitrary<List<AppendSequence.Step>> sequences() {
    return AppendSequence.sequences(7 * MIB);
  }

  /** A node that uses the bucket. */
  private record Running(S3Config config, S3Uploads storage) implements AppendSequence.Server {
    @Override
    public Uploads uploads() {
      return Uploads.over(storage.store(), storage.sessions()).build();
    }

    @Override
    public AppendSequence.Server restarted() {
      storage.close();
      return new Running(config, S3Uploads.open(config));
    }
  }
}
