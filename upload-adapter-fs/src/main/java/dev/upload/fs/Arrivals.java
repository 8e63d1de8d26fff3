package dev.upload.fs;

import dev.upload.core.model.Chunk;
import dev.upload.core.model.UploadSession;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What is done about bytes while they come.
 *
 * @param writeback nothing where nobody waits for the disk
 */
record Arrivals(RoomAhead room, Optional<EarlyWriteback> writeback) {

  /** Returns what to tell how far {@code chunk} has come, which is written into {@code file}. */
  LongConsumer follow(UploadSession session, Chunk chunk, Path file) {
    Optional<LongConsumer> watched = room.watch(session, chunk, file).map(one -> one::reached);
    Optional<LongConsumer> written = writeback.map(all -> all.follow(session, chunk, file));
    LongConsumer nobody = position -> {};
    return watched.orElse(nobody).andThen(written.orElse(nobody));
  }
}
