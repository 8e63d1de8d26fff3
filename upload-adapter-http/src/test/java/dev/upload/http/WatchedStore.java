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
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is written and the channels that are being read, and can be told to be slow. */
public final class WatchedStore implements ChunkStore {

  private final ChunkStore store;
  private final AtomicInteger open = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch opening = new CountDownLatch(0);
  private volatile CountDownLatch reading = new CountDownLatch(0);
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicLong taken = new AtomicLong();

  WatchedStore(ChunkStore store) {
    this.store = store;
  }

  /** Lets nothing be written until the latch that is returned is counted down. */
  public CountDownLatch holdWrites() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** Gives no channel away, once it is open, until the latch that is returned is counted down. */
  public CountDownLatch holdOpening() {
    opening = new CountDownLatch(1);
    return opening;
  }

  /** Gives no bytes away, once they are read, until the latch that is returned is counted down. */
  public CountDownLatch holdReads() {
    reading = new CountDownLatch(1);
    return reading;
  }

  /**
   * Waits until {@code count} bytes more than {@code before} were taken from bodies, those of
   * requests that are not over too.
   */
  public boolean hasTaken(long before, long count) throws InterruptedException {
    return Eventually.holds(() -> taken.get() >= before + count);
  }

  /** Returns how many bytes were taken from bodies so far. */
  public long taken() {
    return taken.get();
  }

  /** Waits until more than {@code before} writes were begun: each of those has its lease. */
  public boolean hasBegunMoreThan(int before) throws InterruptedException {
    return Eventually.holds(() -> writes.get() > before);
  }

  /** Returns how many writes were begun so far. */
  public int writes() {
    return writes.get();
  }

  /** Returns how often something was read. */
  public int reads() {
    return reads.get();
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
    writes.incrementAndGet();
    await(gate);
    return store.write(session, chunk, new Counted(body));
  }

  /** A body whose bytes are counted as they go by. */
  private final class Counted implements ChunkBody {
    private final ChunkBody body;

    Counted(ChunkBody body) {
      this.body = body;
    }

    @Override
    public long transferTo(WritableByteChannel sink) throws IOException {
      return body.transferTo(
          new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) throws IOException {
              int count = sink.write(source);
              taken.addAndGet(count);
              return count;
            }

            @Override
            public boolean isOpen() {
              return sink.isOpen();
            }

            @Override
            public void close() throws IOException {
              sink.close();
            }
          });
    }

    @Override
    public boolean truncated() {
      return body.truncated();
    }

    @Override
    public void cut() {
      body.cut();
    }
  }

  /** Takes no notice of interrupts: a store that has its bytes already does not, either. */
  private static void await(CountDownLatch gate) {
    boolean interrupted = false;
    while (gate.getCount() > 0) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public StoredChunk copy(UploadSession target, long offset, UploadSession source) {
    return store.copy(target, offset, source);
  }

  @Override
  public StoreNotes assemble(UploadSession session) {
    return store.assemble(session);
  }

  @Override
  public ReadableByteChannel read(UploadSession session, ByteRange range) {
    ReadableByteChannel channel = store.read(session, range);
    open.incrementAndGet();
    await(opening);
    AtomicBoolean closed = new AtomicBoolean();
    return new ReadableByteChannel() {
      @Override
      public int read(ByteBuffer into) throws IOException {
        int count = channel.read(into);
        reads.incrementAndGet();
        await(reading);
        return count;
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
