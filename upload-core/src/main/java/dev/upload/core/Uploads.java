package dev.upload.core;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadEventPublisher;
import dev.upload.core.port.UploadLocks;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Everything that can be done with uploads, over one store. Safe for concurrent use; every method
 * blocks, and is made to be called on virtual threads.
 *
 * <p>Methods throw {@link UploadRejectedException} where a rule refuses, and {@link
 * dev.upload.core.model.StorageUnavailableException} where the infrastructure failed and the call
 * may be repeated.
 */
public final class Uploads {

  private static final int FINISH_BATCH = 1_000;

  private final ChunkStore store;
  private final SessionRepository sessions;
  private final UploadEventPublisher events;
  private final InstantSource clock;
  private final UploadLimits limits;
  private final CreateUpload create;
  private final ReceiveChunk receive;
  private final ReceiveWhole receiveWhole;
  private final CompleteUpload complete;
  private final CancelUpload cancel;
  private final PurgeExpiredUploads purge;

  private Uploads(Builder builder) {
    store = builder.store;
    sessions = builder.sessions;
    events = builder.events;
    clock = builder.clock;
    limits = builder.limits;
    SessionUpdates updates = new SessionUpdates(sessions);
    receive = new ReceiveChunk(store, builder.locks, updates, clock, limits);
    receiveWhole = new ReceiveWhole(store, sessions, builder.locks, events, clock);
    cancel = new CancelUpload(store, sessions, builder.locks, updates, clock);
    complete = new CompleteUpload(store, cancel, updates, events, clock);
    create = new CreateUpload(store, sessions, events, limits, cancel);
    purge = new PurgeExpiredUploads(sessions, cancel, events, clock);
  }

  /** Returns a builder over {@code store} and {@code sessions}; the rest has defaults. */
  public static Builder over(ChunkStore store, SessionRepository sessions) {
    return new Builder(store, sessions);
  }

  /** Begins an upload; returns the one that is there if it was declared alike. */
  public UploadSession create(UploadDeclaration declaration) {
    return create.create(declaration);
  }

  /**
   * Stores a chunk and records it; where it was the last one, the whole is visible when this
   * returns. A chunk that is already held leaves {@code body} as it is.
   */
  public UploadSession receive(UploadId id, Chunk chunk, ChunkBody body) {
    return complete.finish(receive.receive(id, chunk, body));
  }

  /**
   * Begins an upload with its first chunk: what {@link #create} and {@link #receive(UploadId,
   * Chunk, ChunkBody)} do together. A small one that comes whole costs less this way; if that
   * fails, nothing of it is left.
   */
  public UploadSession receive(UploadDeclaration declaration, Chunk chunk, ChunkBody body) {
    Optional<UploadSession> whole =
        receiveWhole.takes(declaration, chunk, limits)
            ? receiveWhole.receive(declaration, chunk, body)
            : Optional.empty();
    return whole.isPresent() ? whole.get() : begun(declaration, chunk, body);
  }

  private UploadSession begun(UploadDeclaration declaration, Chunk chunk, ChunkBody body) {
    create(declaration);
    return receive(declaration.id(), chunk, body);
  }

  /** Returns the upload, its assembly finished first if that was cut off. */
  public Optional<UploadSession> describe(UploadId id) {
    return sessions
        .find(id)
        .filter(session -> session.state() != UploadState.CANCELLED)
        .map(complete::finish);
  }

  /** Gives an unfinished upload up and frees what it held. */
  public void cancel(UploadId id) {
    events.publish(new UploadEvent.Cancelled(cancel.cancel(id)));
  }

  /**
   * Gives an unfinished upload up if it holds no byte, and returns whether it did. Looks and acts
   * in one step: a chunk that comes at the same time is either kept with its upload, or refused.
   */
  public boolean cancelIfEmpty(UploadId id) {
    try {
      events.publish(new UploadEvent.Cancelled(cancel.cancelEmpty(id)));
      return true;
    } catch (UploadRejectedException e) {
      return false; // it holds something, or somebody else gave it up
    }
  }

  /** Opens {@code range} of a complete upload; takes no lease. The caller closes the channel. */
  public ReadableByteChannel read(UploadSession session, ByteRange range) {
    if (session.state() != UploadState.COMPLETE) {
      throw new UploadRejectedException(new Rejection.WrongState("The upload is not finished."));
    }
    return store.read(session, range);
  }

  /**
   * Frees unfinished uploads whose last progress is older than {@code expiry}; returns how many.
   */
  public BatchOutcome purgeExpired(Duration expiry) {
    return purge.purge(expiry);
  }

  /**
   * Finishes assemblies that a crash cut off; one that fails is left to the next request for it.
   */
  public BatchOutcome finishInterrupted() {
    return new FinishInterrupted(sessions, complete, clock).finish(FINISH_BATCH);
  }

  /** Returns what one upload may ask of the server. */
  public UploadLimits limits() {
    return limits;
  }

  /** Collects what {@link Uploads} works with. */
  public static final class Builder {

    private final ChunkStore store;
    private final SessionRepository sessions;
    private UploadLocks locks = new LocalUploadLocks(Duration.ofSeconds(30));
    private UploadEventPublisher events = event -> {};
    private InstantSource clock = InstantSource.system();
    private UploadLimits limits = UploadLimits.NONE;

    private Builder(ChunkStore store, SessionRepository sessions) {
      this.store = store;
      this.sessions = sessions;
    }

    /** Replaces the leases of this process. */
    public Builder locks(UploadLocks value) {
      locks = value;
      return this;
    }

    /** Tells {@code value} what happens; by default nobody. */
    public Builder events(UploadEventPublisher value) {
      events = value;
      return this;
    }

    /** Replaces the system's clock. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** Sets limits; by default there are none. */
    public Builder limits(UploadLimits value) {
      limits = value;
      return this;
    }

    public Uploads build() {
      return new Uploads(this);
    }
  }
}
