package dev.upload.fs;

import dev.upload.core.model.UploadId;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * Forces files in the background while one long body comes into each: nothing of it is listed
 * before its end, and the force that its answer waits for would have to write all of it. Safe for
 * concurrent use.
 */
final class LongBodies implements Errand {

  private static final Logger LOG = System.getLogger(LongBodies.class.getName());
  private static final long EVERY_BYTES = 64L * 1024 * 1024;

  private final UploadFiles files;
  private final Set<UploadId> asked = ConcurrentHashMap.newKeySet();
  private volatile Runnable wake = () -> {};

  LongBodies(UploadFiles files) {
    this.files = files;
  }

  @Override
  public void onAsked(Runnable wake) {
    this.wake = wake;
  }

  /** Returns what to tell how far a body has come that begins at {@code start}. */
  LongConsumer follow(UploadId id, long start) {
    return new LongConsumer() {
      private long next = start + EVERY_BYTES;

      @Override
      public void accept(long position) {
        if (position >= next) {
          next = position + EVERY_BYTES;
          asked.add(id);
          wake.run();
        }
      }
    };
  }

  @Override
  public void run() {
    for (UploadId id : List.copyOf(asked)) {
      asked.remove(id); // first: what comes meanwhile has its next turn
      try {
        boolean unused = files.forcePartial(id); // it may be finished, or gone
      } catch (IOException e) { // whoever writes to it or finishes it is told as well
        LOG.log(Level.WARNING, "Could not force what comes of upload " + id + ".", e);
      }
    }
  }
}
