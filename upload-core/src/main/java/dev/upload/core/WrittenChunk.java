package dev.upload.core;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.DigestProgress;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import java.time.Instant;

/**
 * What of a chunk is durable, and has to be recorded in one step.
 *
 * @param digested the digests of the whole, these bytes included
 */
record WrittenChunk(Chunk chunk, StoredChunk stored, DigestProgress digested) {

  /** Returns where the bytes are. */
  ByteRange range() {
    return ByteRange.at(chunk.offset(), stored.length());
  }

  /** Tells whether these are all the bytes that the sender of {@code body} meant to send. */
  boolean isAllOf(ChunkBody body) {
    return !body.truncated() && chunk.length().orElse(stored.length()) == stored.length();
  }

  /** Returns {@code session} with these bytes. */
  UploadSession in(UploadSession session, Instant now) {
    return session.received(range(), stored.notes(), digested, now);
  }
}
