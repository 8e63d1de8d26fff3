package dev.upload.app.digest;

import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.port.ResumableDigest;
import java.nio.ByteBuffer;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.EncodableDigest;

/** One of Bouncy Castle's digests, which take arrays: bytes outside the heap are copied first. */
final class EncodedDigest<D extends ExtendedDigest & EncodableDigest> implements ResumableDigest {

  private static final int COPIED_AT_ONCE = 16 * 1024;

  private final DigestAlgorithm algorithm;
  private final D state;
  private final byte[] copy = new byte[COPIED_AT_ONCE];

  EncodedDigest(DigestAlgorithm algorithm, D state) {
    this.algorithm = algorithm;
    this.state = state;
  }

  @Override
  public void update(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      int start = bytes.arrayOffset() + bytes.position();
      state.update(bytes.array(), start, bytes.remaining());
      bytes.position(bytes.limit());
      return;
    }
    while (bytes.hasRemaining()) {
      int count = Math.min(copy.length, bytes.remaining());
      bytes.get(copy, 0, count);
      state.update(copy, 0, count);
    }
  }

  @Override
  public byte[] state() {
    return state.getEncodedState();
  }

  @Override
  public Digest digest() {
    byte[] value = new byte[state.getDigestSize()];
    state.doFinal(value, 0);
    return new Digest(algorithm, value);
  }
}
