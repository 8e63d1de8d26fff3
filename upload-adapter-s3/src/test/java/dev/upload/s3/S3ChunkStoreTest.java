package dev.upload.s3;

import dev.upload.core.port.ChunkStore;
import dev.upload.core.testing.ChunkStoreContract;

class S3ChunkStoreTest extends ChunkStoreContract {

  private final S3Config config = EmbeddedS3.shared().newBucket().prefix("some/where").build();
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
