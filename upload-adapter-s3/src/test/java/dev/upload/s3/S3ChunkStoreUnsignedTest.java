package dev.upload.s3;

import dev.upload.core.port.ChunkStore;
import dev.upload.core.testing.ChunkStoreContract;

/** Signatures that leave the bytes out, and pieces both in memory and in temporary files. */
class S3ChunkStoreUnsignedTest extends ChunkStoreContract {

  private static final long MIB = 1 << 20;

  private final S3Config config =
      EmbeddedS3.shared()
          .newBucket()
          .signBodies(false)
          .pieceBytes(8 * MIB)
          .bufferBytes(8 * MIB)
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
