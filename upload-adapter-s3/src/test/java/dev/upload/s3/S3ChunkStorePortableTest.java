package dev.upload.s3;

import dev.upload.core.port.ChunkStore;
import dev.upload.core.testing.ChunkStoreContract;

/** Without checksums and chunked encoding, equal parts, and every piece in a temporary file. */
class S3ChunkStorePortableTest extends ChunkStoreContract {

  private static final long MIB = 1 << 20;

  private final S3Config config =
      EmbeddedS3.shared()
          .newBucket()
          .portable(true)
          .equalParts(true)
          .partBytes(5 * MIB)
          .pieceBytes(5 * MIB)
          .bufferBytes(0)
          .build();
  private final ChunkStore store = Opened.on(config).store();

  @Override
  protected ChunkStore store() {
    return store;
  }

  @Override
  protected boolean isEmpty() {
    return EmbeddedS3.isEmpty(config);
  }
}
