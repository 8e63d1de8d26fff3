package dev.upload.s3;

import dev.upload.core.port.ChunkStore;
import dev.upload.core.testing.ChunkStoreContract;

class S3ChunkStoreTest extends ChunkStoreContract {

  private final ChunkStore store =
      Opened.on(EmbeddedS3.shared().newBucket().prefix("some/where").build()).store();

  @Override
  protected ChunkStore store() {
    return store;
  }
}
