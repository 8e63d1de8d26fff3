package dev.upload.core.testing;

import dev.upload.core.port.ChunkStore;

class InMemoryChunkStoreTest extends ChunkStoreContract {

  private final InMemoryChunkStore store = new InMemoryChunkStore();

  @Override
  protected ChunkStore store() {
    return store;
  }

  @Override
  protected boolean isEmpty() {
    return store.isEmpty();
  }
}
