package dev.upload.core.testing;

import dev.upload.core.DigestCalculation;
import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.port.ResumableDigest;
import dev.upload.core.port.ResumableDigests;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** Digests whose state is all that went into them. For small uploads in tests. */
public final class RememberingDigests implements ResumableDigests {

  private static final byte[] MARK = "state:".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Set<DigestAlgorithm> algorithms() {
    return Set.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA512);
  }

  @Override
  public ResumableDigest begin(DigestAlgorithm algorithm) {
    return new Remembering(algorithm, MARK);
  }

  @Override
  public ResumableDigest resume(DigestAlgorithm algorithm, byte[] state) {
    if (!Arrays.equals(MARK, Arrays.copyOf(state, MARK.length))) {
      throw new IllegalArgumentException("no state");
    }
    return new Remembering(algorithm, state);
  }

  private static final class Remembering implements ResumableDigest {

    private final DigestAlgorithm algorithm;
    private final ByteArrayOutputStream state = new ByteArrayOutputStream();

    Remembering(DigestAlgorithm algorithm, byte[] state) {
      this.algorithm = algorithm;
      this.state.writeBytes(state);
    }

    @Override
    public void update(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      state.writeBytes(copy);
    }

    @Override
    public byte[] state() {
      return state.toByteArray();
    }

    @Override
    public Digest digest() {
      DigestCalculation calculation = DigestCalculation.of(algorithm);
      calculation.update(ByteBuffer.wrap(state(), MARK.length, state.size() - MARK.length));
      return calculation.digest();
    }
  }
}
