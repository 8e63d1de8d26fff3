package dev.upload.core.port;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.UploadId;
import java.util.function.Supplier;

/** Who may write which bytes. Leases on disjoint ranges are held side by side. */
public interface UploadLocks {

  /**
   * Waits until no other lease overlaps {@code span}, and takes it.
   *
   * <p>Holders in the way are cut, at once or when they stall, as {@code takeover} says.
   *
   * @throws dev.upload.core.model.UploadRejectedException with {@code Busy} if they did not give
   *     way in time, or the thread was interrupted; with {@code Outdated} if whoever takes over at
   *     once has an older turn than somebody else who has asked to, for any bytes of the upload
   */
  Lease acquire(UploadId id, ByteRange span, Takeover takeover, Holder holder);

  /**
   * Does {@code work} in a turn of its own: as a request for the upload {@code id} that has come
   * now, however late its thread asks for a lease on it. Who asks outside of a turn has come when
   * he asks.
   */
  <T> T inTurn(UploadId id, Supplier<T> work);

  /** When a newcomer ends the work of those in its way. */
  enum Takeover {
    /** As soon as it comes: a newer request of the same client means that the older one is dead. */
    AT_ONCE,
    /** The same, and whoever comes later does not keep it out: what it wants holds for them too. */
    FOR_GOOD,
    /** When they make no progress: two honest clients may well send the same chunk. */
    WHEN_STALLED
  }

  /** Whoever holds a lease. Called from other threads. */
  interface Holder {

    /** Tells whether no byte has come for so long that the sender can be given up. */
    boolean stalled();

    /** Asks the holder to end its work and close the lease soon; may be called again. */
    void cut();
  }

  /** The right to write a range until closed. Closing twice does no harm. */
  interface Lease extends AutoCloseable {
    @Override
    void close();
  }
}
