package dev.upload.http;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the channels that are being read. */
public final class ChannelCounter implements ChunkStore {

  private final ChunkStore store;
  private final AtomicInteger open = new AtomicInteger();

  ChannelCounter(ChunkStore store) {
    this.store = store;
  }

  /** Returns how many channels nobody has closed yet. */
  public int open() {
    return open.get();
  }

  @Override
  public StoreNotes open(UploadSession session) {
    return store.open(session);
  }

  @Override
  public StoredChunk write(UploadSession session, Chunk chunk, ChunkBody body) {
    return store.write(session, chunk, body);
  }

  @Override
  public StoreNotes assemble(UploadSession session) {
    return store.assemble(session);
  }

  @Override
  public ReadableByteChannel read(UploadSession session, ByteRange range) {
    ReadableByteChannel channel = store.read(session, range);
    open.incrementAndGet();
    AtomicBoolean closed = new AtomicBoolean();
    return new ReadableByteChannel() {
      @Override
      public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
      }

      @Override
      public boolean isOpen() {
        return channel.isOpen();
      }

      @Override
      public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
          open.decrementAndGet();
        }
        channel.close();
      }
    };
  }

  @Override
  public void discard(UploadSession session) {
    store.discard(session);
  }
}
