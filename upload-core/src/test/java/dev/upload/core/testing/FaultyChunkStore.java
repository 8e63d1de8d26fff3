package dev.upload.core.testing;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose next calls fail when a test says so, before or after the work was done. */
public final class FaultyChunkStore implements ChunkStore {

  private final ChunkStore store;
  private final AtomicInteger failingWrites = new AtomicInteger();
  private final AtomicInteger failingAssemblies = new AtomicInteger();
  private final AtomicInteger failingDiscards = new AtomicInteger();
  private final AtomicInteger lostAssemblies = new AtomicInteger();
  private volatile boolean bytesLost;
  private volatile boolean bytesLostBefore;
  private final AtomicInteger assemblies = new AtomicInteger();
  private volatile Runnable beforeDiscard = () -> {};
  private volatile Runnable beforeCopy = () -> {};
  private volatile Runnable beforeAssembly = () -> {};

  public FaultyChunkStore(ChunkStore store) {
    this.store = store;
  }

  /** The next {@code count} writes store their bytes, but do not get to say so. */
  public void failWrites(int count) {
    failingWrites.set(count);
  }

  /** The next {@code count} assemblies do nothing but fail. */
  public void failAssemblies(int count) {
    failingAssemblies.set(count);
  }

  /** From now on assemblies say that bytes are lost, or no longer. */
  public void loseBytes(boolean lost) {
    bytesLost = lost;
  }

  /** From now on writes say that bytes are lost which were written before, or no longer. */
  public void refuseMoreBytes(boolean lost) {
    bytesLostBefore = lost;
  }

  /** The next {@code count} discards free nothing. */
  public void failDiscards(int count) {
    failingDiscards.set(count);
  }

  /** The next {@code count} assemblies do their work and then fail. */
  public void loseAssemblies(int count) {
    lostAssemblies.set(count);
  }

  /** The next discard runs {@code task} first. */
  public void beforeDiscard(Runnable task) {
    beforeDiscard = task;
  }

  /** The next copy runs {@code task} first. */
  public void beforeCopy(Runnable task) {
    beforeCopy = task;
  }

  /** The next assembly runs {@code task} first. */
  public void beforeAssembly(Runnable task) {
    beforeAssembly = task;
  }

  /** Returns how many assemblies were tried. */
  public int assemblies() {
    return assemblies.get();
  }

  @Override
  public StoreNotes open(UploadSession session) {
    return store.open(session);
  }

  @Override
  public StoredChunk write(UploadSession session, Chunk chunk, ChunkBody body) {
    if (bytesLostBefore) {
      throw StorageUnavailableException.lost(
          session.id(), "could not write", new IOException("injected"));
    }
    StoredChunk stored = store.write(session, chunk, body);
    failIfDue(failingWrites);
    return stored;
  }

  @Override
  public StoredChunk copy(UploadSession target, long offset, UploadSession source) {
    Runnable task = beforeCopy;
    beforeCopy = () -> {};
    task.run();
    StoredChunk stored = store.copy(target, offset, source);
    failIfDue(failingWrites);
    return stored;
  }

  @Override
  public StoreNotes assemble(UploadSession session) {
    assemblies.incrementAndGet();
    Runnable task = beforeAssembly;
    beforeAssembly = () -> {};
    task.run();
    if (bytesLost) {
      throw StorageUnavailableException.lost(
          session.id(), "could not assemble", new IOException("injected"));
    }
    failIfDue(failingAssemblies);
    StoreNotes notes = store.assemble(session);
    failIfDue(lostAssemblies);
    return notes;
  }

  @Override
  public boolean assemblesUnrecorded() {
    return store.assemblesUnrecorded();
  }

  @Override
  public long leastPieceBytes() {
    return store.leastPieceBytes();
  }

  @Override
  public long maxLength() {
    return store.maxLength();
  }

  @Override
  public long maxLength(UploadSession session) {
    return store.maxLength(session);
  }

  @Override
  public ReadableByteChannel read(UploadSession session, ByteRange range) {
    return store.read(session, range);
  }

  @Override
  public void discard(UploadSession session) {
    Runnable task = beforeDiscard;
    beforeDiscard = () -> {};
    task.run();
    failIfDue(failingDiscards);
    store.discard(session);
  }

  private static void failIfDue(AtomicInteger due) {
    if (due.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
      throw new StorageUnavailableException(
          "could not reach the store", new IOException("injected"));
    }
  }
}
