package dev.upload.core.port;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.StoredChunk;
import dev.upload.core.model.UploadSession;
import java.nio.channels.ReadableByteChannel;

/**
 * Durable bytes of uploads. Knows nothing of protocols; safe for concurrent use on disjoint ranges.
 *
 * <p>A store keeps no progress: what it wants to find again it hands out as {@link StoreNotes},
 * which are recorded with the session and come back with it. Every method may be repeated after a
 * fault or a crash, unless bytes are lost for good: then the upload is given up. All of them throw
 * {@link dev.upload.core.model.StorageUnavailableException} if the infrastructure fails, and {@link
 * dev.upload.core.model.UploadRejectedException} with {@code StorageFull} if there is no room.
 */
public interface ChunkStore {

  /**
   * Makes ready for an upload that is about to be recorded, and returns the first notes.
   *
   * <p>Several nodes may open the same id; only one of them will be able to record its notes. The
   * others discard what theirs name.
   */
  StoreNotes open(UploadSession session);

  /**
   * Writes {@code body} at {@code chunk.offset()} and returns how many of its bytes the store now
   * holds, with what has to be recorded with them.
   *
   * <p>Writing a range again replaces it. Nothing is written beyond what the body has. Bytes are as
   * durable as the store promises when this returns, and count only once the session records them.
   *
   * @param session the upload as it was last recorded
   * @throws dev.upload.core.model.UploadRejectedException the body's own: nothing of this call
   *     counts
   */
  StoredChunk write(UploadSession session, Chunk chunk, ChunkBody body);

  /**
   * Writes all bytes of {@code source} into {@code target} from {@code offset} on, without bringing
   * them here where the store can do that itself, and returns their number with what has to be
   * recorded of the target.
   *
   * <p>Bytes are as durable as the store promises when this returns, and count only once the
   * session records them. The source stays as it is, for any number of targets and several times in
   * one; whatever this makes of it goes when the source is discarded. It must not be discarded
   * while this runs. Copies to one target are made one after the other, each with the session that
   * records the one before.
   *
   * @param target an upload that is made of others, open and its length known, as it was last
   *     recorded
   * @param offset where the recorded bytes of the target end; or less, where the bytes are there
   *     already or some of them are lost
   * @param source a full partial upload
   */
  StoredChunk copy(UploadSession target, long offset, UploadSession source);

  /**
   * Makes the whole visible under {@code session.destination()}, durably, and returns what changes
   * in the notes. Repeating it, also after a crash in its middle, gives the same result.
   *
   * @param session has every byte
   * @throws dev.upload.core.model.StorageUnavailableException also where bytes are {@linkplain
   *     dev.upload.core.model.StorageUnavailableException#bytesLost() lost}
   */
  StoreNotes assemble(UploadSession session);

  /**
   * Tells whether an upload that comes in one small piece may be written and assembled before
   * anything of it is recorded. A crash in between leaves a whole that no record knows, and the
   * same upload sent again replaces it.
   */
  default boolean assemblesUnrecorded() {
    return false;
  }

  /**
   * Returns how many bytes the pieces should have at least in which a body is written that still
   * goes on: of fewer, recording them costs more here than it is worth.
   */
  default long leastPieceBytes() {
    return 1;
  }

  /** Returns how many bytes an upload can have here at most. */
  default long maxLength() {
    return Long.MAX_VALUE;
  }

  /**
   * Returns how many bytes {@code session} can have here at most as it was opened: the length of
   * which nobody knows may have been given less room than others could have had.
   */
  default long maxLength(UploadSession session) {
    return maxLength();
  }

  /**
   * Opens {@code range} of a complete upload for reading. The caller closes the channel.
   *
   * @param range lies within the upload
   */
  ReadableByteChannel read(UploadSession session, ByteRange range);

  /**
   * Frees everything that {@code session} and its notes name: unfinished bytes, and the finished
   * whole where there is one. What is not there is no error.
   */
  void discard(UploadSession session);

  /**
   * Frees what no session names: what lost answers, crashes and clients that raced each other left
   * behind. What somebody may still be about to record stays. Made to be called from time to time.
   */
  default void freeStrays() {}
}
