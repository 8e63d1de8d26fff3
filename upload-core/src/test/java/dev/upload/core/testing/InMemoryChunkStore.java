package dev.upload.core.testing;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Destination;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Bytes in memory. For small uploads in tests. */
public final class InMemoryChunkStore implements ChunkStore {

  private final ConcurrentHashMap<UploadId, NavigableMap<Long, byte[]>> unfinished =
      new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Destination, byte[]> finished = new ConcurrentHashMap<>();

  private final long maxLength;
  private final long maxUnknownLength;

  /** Makes a store that takes uploads of any length. */
  public InMemoryChunkStore() {
    this(Long.MAX_VALUE);
  }

  /** Makes a store that takes no longer uploads. */
  public InMemoryChunkStore(long maxLength) {
    this(maxLength, maxLength);
  }

  /** Makes a store that has less room for uploads whose length was not known when they began. */
  public InMemoryChunkStore(long maxLength, long maxUnknownLength) {
    this.maxLength = maxLength;
    this.maxUnknownLength = maxUnknownLength;
  }

  @Override
  public long maxLength() {
    return maxLength;
  }

  @Override
  public long maxLength(UploadSession session) {
    return session.declaration().length().isPresent() ? maxLength : maxUnknownLength;
  }

  @Override
  public StoreNotes open(UploadSession session) {
    unfinished.putIfAbsent(session.id(), new ConcurrentSkipListMap<>());
    return StoreNotes.NONE;
  }

  @Override
  public StoredChunk write(UploadSession session, Chunk chunk, ChunkBody body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      body.transferTo(Channels.newChannel(bytes));
    } catch (IOException e) {
      throw new StorageUnavailableException("could not write to upload " + session.id(), e);
    }
    pieces(session.id()).put(chunk.offset(), bytes.toByteArray());
    return StoredChunk.of(bytes.size());
  }

  @Override
  public StoredChunk copy(UploadSession target, long offset, UploadSession source) {
    byte[] bytes = joined(pieces(source.id()), source.received().total());
    if (bytes.length > 0) { // or it would take the place of another one's
      pieces(target.id()).put(offset, bytes);
    }
    return StoredChunk.of(bytes.length);
  }

  private static byte[] joined(NavigableMap<Long, byte[]> pieces, long length) {
    byte[] whole = new byte[Math.toIntExact(length)];
    pieces.forEach(
        (offset, piece) ->
            System.arraycopy(
                piece,
                0,
                whole,
                Math.toIntExact(offset),
                Math.min(piece.length, whole.length - Math.toIntExact(offset))));
    return whole;
  }

  private NavigableMap<Long, byte[]> pieces(UploadId id) {
    return unfinished.computeIfAbsent(id, key -> new ConcurrentSkipListMap<>());
  }

  @Override
  public StoreNotes assemble(UploadSession session) {
    NavigableMap<Long, byte[]> pieces = unfinished.get(session.id());
    if (pieces != null) {
      finished.put(session.destination(), joined(pieces, session.received().total()));
      unfinished.remove(session.id());
    }
    return StoreNotes.NONE;
  }

  @Override
  public boolean assemblesUnrecorded() {
    return true;
  }

  @Override
  public ReadableByteChannel read(UploadSession session, ByteRange range) {
    byte[] whole = finished.get(session.destination());
    if (whole == null) {
      throw new StorageUnavailableException(
          "could not read upload " + session.id(), new IOException("it is gone"));
    }
    byte[] part =
        Arrays.copyOfRange(whole, Math.toIntExact(range.start()), Math.toIntExact(range.end()));
    return Channels.newChannel(new ByteArrayInputStream(part));
  }

  @Override
  public void discard(UploadSession session) {
    unfinished.remove(session.id());
    finished.remove(session.destination());
  }

  /** Tells whether nothing at all is stored. */
  public boolean isEmpty() {
    return unfinished.isEmpty() && finished.isEmpty();
  }
}
