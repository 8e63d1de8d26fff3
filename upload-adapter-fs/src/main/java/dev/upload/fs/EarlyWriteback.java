package dev.upload.fs;

import dev.upload.core.model.Chunk;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongConsumer;

/**
 * Has large uploads written to the disk while they come: the force that the last answer waits for
 * would else have to write all that came since the kernel, or the background, last did. With them
 * goes the log of the database, which that answer waits for too.
 *
 * <p>Where the system can only force, that is done instead, but less often. Safe for concurrent
 * use.
 */
final class EarlyWriteback implements Errand {

  private static final Logger LOG = System.getLogger(EarlyWriteback.class.getName());
  private static final long MIB = 1024 * 1024;
  private static final long FORCED_EVERY_BYTES = 64 * MIB;
  private static final long EVERY_BYTES = 8 * MIB;

  /** So that the last force finds no more than a disk writes in a few milliseconds. */
  private static final long EVERY_BYTES_OF_END = MIB;

  private static final long END_BYTES = 16 * MIB;

  private final UploadFiles files;
  private final Writeback writeback;
  private final Path databaseLog;
  private final ConcurrentMap<UploadId, Path> asked = new ConcurrentHashMap<>();
  private volatile Runnable wake = () -> {};

  EarlyWriteback(UploadFiles files, Writeback writeback, Path databaseLog) {
    this.files = files;
    this.writeback = writeback;
    this.databaseLog = databaseLog;
  }

  @Override
  public void onAsked(Runnable wake) {
    this.wake = wake;
  }

  /** Returns what to tell how far {@code chunk} has come, which is written into {@code file}. */
  LongConsumer follow(UploadSession session, Chunk chunk, Path file) {
    long length = session.length().orElse(Long.MAX_VALUE);
    return new LongConsumer() {
      private long last = chunk.offset();

      @Override
      public void accept(long position) {
        long step = step(length - position);
        boolean due = position / step > last / step;
        last = position;
        boolean forcedNext = position >= length;
        if (due && !forcedNext && asked.put(session.id(), file) == null) {
          wake.run();
        }
      }
    };
  }

  private long step(long left) {
    if (writeback.equals(Writeback.NONE)) {
      return FORCED_EVERY_BYTES;
    }
    return left > END_BYTES ? EVERY_BYTES : EVERY_BYTES_OF_END;
  }

  @Override
  public void run() {
    boolean any = false;
    for (UploadId id : List.copyOf(asked.keySet())) {
      Path file = asked.remove(id); // first: what comes meanwhile has its next turn
      any |= file != null && (writeback.begin(file) || forced(id));
    }
    if (any) {
      boolean unused = writeback.begin(databaseLog);
    }
  }

  private boolean forced(UploadId id) {
    try {
      return files.forcePartial(id); // it may be finished, or gone
    } catch (IOException e) { // whoever writes to it or finishes it is told as well
      LOG.log(Level.WARNING, "Could not force what comes of upload " + id + ".", e);
      return false;
    }
  }
}
