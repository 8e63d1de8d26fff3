package dev.upload.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.DigestCalculation;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.port.ResumableDigest;
import dev.upload.core.port.ResumableDigests;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ResumableDigests} owes. */
public abstract class ResumableDigestsContract {

  private final byte[] whole = Bytes.random(300_001, 8);

  /** Returns the digests under test. */
  protected abstract ResumableDigests digests();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 65_536, 300_001})
  void areTheSameHoweverOftenTheyAreWrittenDown(int cut) {
    for (DigestAlgorithm algorithm : digests().algorithms()) {
      ResumableDigest first = digests().begin(algorithm);
      first.update(bytes(0, cut));

      ResumableDigest second = digests().resume(algorithm, first.state());
      ResumableDigest third = digests().resume(algorithm, second.state());
      third.update(bytes(cut, whole.length));

      assertThat(third.digest()).isEqualTo(expected(algorithm));
    }
  }

  @Test
  void goOnAfterTheyWereWrittenDown() {
    for (DigestAlgorithm algorithm : digests().algorithms()) {
      ResumableDigest digest = digests().begin(algorithm);

      for (int at = 0; at < whole.length; at += 1_000) {
        digest.update(bytes(at, Math.min(whole.length, at + 1_000)));
        assertThat(digest.state()).isEqualTo(digest.state());
      }

      assertThat(digest.digest()).isEqualTo(expected(algorithm));
    }
  }

  @Test
  void takeBytesFromAnyKindOfBufferToItsEnd() {
    for (DigestAlgorithm algorithm : digests().algorithms()) {
      ResumableDigest digest = digests().begin(algorithm);
      ByteBuffer direct = ByteBuffer.allocateDirect(100_000).put(bytes(0, 100_000)).flip();
      ByteBuffer readOnly = bytes(100_000, whole.length).asReadOnlyBuffer();

      digest.update(direct);
      digest.update(readOnly);

      assertThat(direct.hasRemaining() || readOnly.hasRemaining()).isFalse();
      assertThat(digest.digest()).isEqualTo(expected(algorithm));
    }
  }

  @Test
  void doNotGoOnFromWhatIsNoState() {
    for (DigestAlgorithm algorithm : digests().algorithms()) {
      assertThatThrownBy(() -> digests().resume(algorithm, new byte[3]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private ByteBuffer bytes(int from, int to) {
    return ByteBuffer.wrap(Bytes.slice(whole, new ByteRange(from, to)));
  }

  private Digest expected(DigestAlgorithm algorithm) {
    DigestCalculation calculation = DigestCalculation.of(algorithm);
    calculation.update(ByteBuffer.wrap(whole));
    return calculation.digest();
  }
}
