package dev.upload.fs;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Writes chunks where they belong in one sparse file per upload, and finishes with a rename.
 *
 * <p>Each call has a file channel of its own: opening one costs a few microseconds, gives every
 * writer its own position, and an interrupted thread closes nobody else's. Notes are not needed:
 * the id and the destination say where the bytes are.
 */
final class FilesystemChunkStore implements ChunkStore {

  private final UploadFiles files;
  private final FreeSpace space;
  private final UnforcedRanges unforced;
  private final Durability durability;
  private final SocketTransfers transfers;
  private final Arrivals arrivals;
  private volatile boolean closed;

  FilesystemChunkStore(
      UploadFiles files,
      FreeSpace space,
      Arrivals arrivals,
      UnforcedRanges unforced,
      FilesystemConfig config) {
    this.files = files;
    this.space = space;
    this.unforced = unforced;
    this.durability = config.durability();
    this.transfers = config.system().transfers();
    this.arrivals = arrivals;
  }

  /** Makes nothing yet: the first chunk makes the file. */
  @Override
  public StoreNotes open(UploadSession session) {
    return attempt(
        "prepare",
        session.id(),
        () -> {
          space.require(session.length().orElse(0));
          return StoreNotes.NONE;
        });
  }

  @Override
  public StoredChunk write(UploadSession session, Chunk chunk, ChunkBody body) {
    return attempt(
        "write a chunk of", session.id(), () -> StoredChunk.of(written(session, chunk, body)));
  }

  private long written(UploadSession session, Chunk chunk, ChunkBody body) throws IOException {
    ByteRange announced = ByteRange.at(chunk.offset(), chunk.length().orElse(0));
    space.require(arrivals.room().missing(session.id(), announced));
    boolean acknowledged = durability == Durability.ACKNOWLEDGED;
    ChunkChecksum checksum = new ChunkChecksum(chunk.offset(), !acknowledged);
    long length;
    try (FileChannel file = files.openForWriting(session);
        ChunkSink sink = sink(session, chunk, file, checksum)) {
      length = body.transferTo(sink);
      if (durability != Durability.EVENTUAL
          && !body.truncated()
          && session.isWholeWith(chunk, length)) {
        files.forceWhole(session.id(), file, session.length().orElse(chunk.offset() + length));
      } else if (acknowledged) {
        files.force(session.id(), file);
      }
    }
    if (acknowledged && session.received().count() == 0) {
      files.forcePartialEntries();
    }
    unforced.add(session.id(), checksum.fingerprints());
    return length;
  }

  private ChunkSink sink(
      UploadSession session, Chunk chunk, FileChannel file, ChunkChecksum checksum) {
    ByteRange place = place(session, chunk);
    Path path = files.unfinished(session);
    LongConsumer progress = arrivals.follow(session, chunk, path);
    return transfers.available()
        ? new SocketChunkSink(() -> transfers.into(path), file, place, checksum, progress)
        : new ChunkSink(file, place, checksum, progress);
  }

  /** Returns where the bytes of the chunk may be at most. */
  private static ByteRange place(UploadSession session, Chunk chunk) {
    long end = Math.min(chunk.range().end(), session.length().orElse(Long.MAX_VALUE));
    return new ByteRange(chunk.offset(), Math.max(chunk.offset(), end));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The bytes do not pass through here, where their fingerprints could be taken. So they are
   * forced before this returns; where nobody waits for the disk they are read instead.
   */
  @Override
  public StoredChunk copy(UploadSession target, long offset, UploadSession source) {
    ByteRange place = ByteRange.at(offset, source.offset());
    return attempt(
        "concatenate",
        target.id(),
        () -> {
          if (!place.isEmpty()) { // an empty source may have no file
            copyTo(place, target, source);
          }
          return StoredChunk.of(place.length());
        });
  }

  private void copyTo(ByteRange place, UploadSession target, UploadSession source)
      throws IOException {
    space.require(place.length());
    boolean forced = durability != Durability.EVENTUAL;
    ChunkChecksum checksum = new ChunkChecksum(place.start(), !forced);
    try (FileChannel from = files.openUnfinished(source);
        FileChannel file = files.openForWriting(target)) {
      FileCopy bytes = new FileCopy(from, place.length());
      bytes.writeTo(file.position(place.start()));
      if (!forced) {
        bytes.readFor(checksum);
      } else if (target.isWholeWith(place)) {
        files.forceWhole(target.id(), file, target.length().orElseThrow());
      } else {
        files.force(target.id(), file);
      }
    }
    if (forced && target.received().count() == 0) {
      files.forcePartialEntries();
    }
    unforced.add(target.id(), checksum.fingerprints());
  }

  @Override
  public StoreNotes assemble(UploadSession session) {
    return attempt(
        "finish",
        session.id(),
        () -> {
          if (durability == Durability.EVENTUAL) {
            files.finishUnforced(session);
          } else {
            files.finish(session);
          }
          arrivals.room().forget(session.id());
          return StoreNotes.NONE;
        });
  }

  @Override
  public boolean assemblesUnrecorded() {
    return true;
  }

  @Override
  public ReadableByteChannel read(UploadSession session, ByteRange range) {
    return attempt(
        "read", session.id(), () -> new FileRangeChannel(files.openForReading(session), range));
  }

  @Override
  public void discard(UploadSession session) {
    attempt(
        "free",
        session.id(),
        () -> {
          unforced.forget(session.id());
          arrivals.room().forget(session.id());
          files.delete(session);
          return StoreNotes.NONE;
        });
  }

  /** Refuses whatever comes from now on. */
  void close() {
    closed = true;
  }

  private <T> T attempt(String action, UploadId id, FileAction<T> task) {
    try {
      if (closed) {
        throw new IOException("the upload directory is closed");
      }
      return task.run();
    } catch (SpoiltFileException e) {
      throw StorageUnavailableException.lostForGood(
          id, "could not %s upload %s: its bytes are lost".formatted(action, id), e);
    } catch (IOException e) {
      if (space.explains(e)) {
        throw new UploadRejectedException(space.full());
      }
      throw new StorageUnavailableException("could not %s upload %s".formatted(action, id), e);
    }
  }

  /** Something done with files. */
  @FunctionalInterface
  private interface FileAction<T> {
    T run() throws IOException;
  }
}
