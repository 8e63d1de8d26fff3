package dev.upload.core.port;

import dev.upload.core.model.Digest;
import java.nio.ByteBuffer;

/** A digest while its bytes come by, which can be written down and gone on with. One thread. */
public interface ResumableDigest {

  /** Takes what remains in {@code bytes}, which is read to its end. */
  void update(ByteBuffer bytes);

  /** Returns what {@link ResumableDigests#resume} goes on from; changes nothing. */
  byte[] state();

  /** Returns the digest of all that came; called last. */
  Digest digest();
}
