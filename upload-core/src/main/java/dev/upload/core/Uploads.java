package dev.upload.core;

import dev.upload.core.model.AppendOnly;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Concatenation;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.OpenLimits;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.Requester;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.PiecewiseBody;
import dev.upload.core.port.ResumableDigests;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadAuthorizer;
import dev.upload.core.port.UploadEventPublisher;
import dev.upload.core.port.UploadLocks;
import java.io.InputStream;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

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
  private static final Chunk EMPTY = Chunk.filling(ByteRange.at(0, 0));

  private final ChunkStore store;
  private final SessionRepository sessions;
  private final UploadLocks locks;
  private final UploadEventPublisher events;
  private final InstantSource clock;
  private final UploadLimits limits;
  private final WholeDigesting digests;
  private final CreateUpload create;
  private final ReceiveChunk receive;
  private final ReceiveWhole receiveWhole;
  private final CompleteUpload complete;
  private final CancelUpload cancel;
  private final GiveUpLost lost;
  private final SettleUpload settle;
  private final ConcatenateUploads concatenate;
  private final SessionUpdates updates;
  private final PurgeExpiredUploads purge;
  private final UploadAuthorizer authorizer;
  private final Admission admission;

  private Uploads(Builder builder) {
    store = builder.store;
    sessions = builder.sessions;
    locks = builder.locks;
    events = builder.events;
    clock = builder.clock;
    limits = builder.limits.withMaxLength(store.maxLength());
    authorizer = builder.authorizer;
    updates = new SessionUpdates(sessions);
    digests = new WholeDigesting(builder.digests);
    DigestingStore digesting = new DigestingStore(store, digests);
    admission = new Admission(sessions, limits, builder.openLimits);
    RecordChunk record = new RecordChunk(updates, clock);
    receive = new ReceiveChunk(digesting, locks, updates, record, admission);
    receiveWhole = new ReceiveWhole(digesting, sessions, locks, events, clock);
    cancel = new CancelUpload(store, sessions, locks, updates, clock);
    complete = new CompleteUpload(digesting, cancel, updates, events, clock);
    lost = new GiveUpLost(cancel, events, clock);
    create = new CreateUpload(store, sessions, events, admission, cancel);
    settle = new SettleUpload(sessions, locks);
    concatenate = new ConcatenateUploads(store, settle, updates, clock, limits);
    purge = new PurgeExpiredUploads(store, sessions, cancel, events, clock);
  }

  /** Returns a builder over {@code store} and {@code sessions}; the rest has defaults. */
  public static Builder over(ChunkStore store, SessionRepository sessions) {
    return new Builder(store, sessions);
  }

  /**
   * Returns what {@code requester} may do: the way in for requests of others. The methods here ask
   * nobody.
   */
  public AuthorizedUploads as(Requester requester) {
    return new AuthorizedUploads(this, sessions, authorizer, requester);
  }

  /**
   * Begins an upload; returns the one that is there if it was declared alike. One that is appended
   * to and is to have no byte is complete when this returns.
   */
  public UploadSession create(UploadDeclaration declaration) {
    UploadSession session = create.create(digests.admitted(declaration));
    boolean whole =
        session.state() == UploadState.OPEN
            && session.policy() instanceof AppendOnly append
            && append.completion() == AppendOnly.Completion.WHEN_FULL
            && session.isFull();
    return whole
        ? receive(session.id(), EMPTY, ChunkBody.of(InputStream.nullInputStream()))
        : session;
  }

  /**
   * Begins an upload that is made of others, and finishes it if all of those are full; otherwise
   * {@link #finishWaiting} or whoever asks for it once they are does.
   *
   * @throws UploadRejectedException if one of them is unknown, another owner's, or no upload that
   *     is there to be concatenated
   */
  public UploadSession concatenate(UploadDeclaration declaration) {
    if (!(declaration.policy() instanceof Concatenation concatenation)) {
      throw new IllegalArgumentException("not a concatenation: " + declaration.policy());
    }
    OptionalLong length = concatenate.admit(declaration, concatenation);
    return finished(
        create.create(
            length.isPresent() ? declaration.withLength(length.getAsLong()) : declaration));
  }

  /**
   * Stores a chunk and records it; where it was the last one, the whole is visible when this
   * returns. A chunk that is already held leaves {@code body} as it is.
   *
   * <p>Of a chunk that is the last by its sender's word, the upload is complete once all of it has
   * come. If another length was said before, it is refused as inconsistent; what came counts.
   */
  public UploadSession receive(UploadId id, Chunk chunk, ChunkBody body) {
    return complete.finish(lost.unlessLost(id, () -> receive.receive(id, chunk, body)));
  }

  /**
   * Stores a chunk as {@link #receive(UploadId, Chunk, ChunkBody)} does, but records what has come,
   * and tells it, again and again while the rest is still coming. The listener of {@code progress}
   * is given what would be there after a crash; it is not called for the end of the body, for that
   * is what this returns.
   *
   * <p>Bytes of which was told count whatever comes behind them. Of an upload in cells nothing is
   * told: there a part of a chunk does not count.
   */
  public UploadSession receive(UploadId id, Chunk chunk, PiecewiseBody body, Progress progress) {
    return complete.finish(lost.unlessLost(id, () -> receive.receive(id, chunk, body, progress)));
  }

  /**
   * Begins an upload with its first chunk: what {@link #create} and {@link #receive(UploadId,
   * Chunk, ChunkBody)} do together. A small one that comes whole costs less this way; if that
   * fails, nothing of it is left.
   */
  public UploadSession receive(UploadDeclaration declaration, Chunk chunk, ChunkBody body) {
    Optional<UploadSession> whole =
        receiveWhole.takes(declaration, chunk, limits)
            ? receiveWhole.receive(digests.admitted(declaration), chunk, body)
            : Optional.empty();
    return whole.isPresent() ? whole.get() : begun(declaration, chunk, body);
  }

  private UploadSession begun(UploadDeclaration declaration, Chunk chunk, ChunkBody body) {
    if (create.remembered(declaration).isEmpty()) {
      create(declaration);
    }
    return receive(declaration.id(), chunk, body);
  }

  /** Returns the upload, its assembly finished first if that was cut off. */
  public Optional<UploadSession> describe(UploadId id) {
    return known(sessions.find(id));
  }

  /** Returns the upload as it is recorded: nothing is finished first. */
  public Optional<UploadSession> recorded(UploadId id) {
    return sessions.find(id).filter(session -> session.state() != UploadState.CANCELLED);
  }

  /**
   * Ends whoever is sending to the upload, keeps what has come, and returns it: the next append may
   * begin at its offset.
   */
  public Optional<UploadSession> settle(UploadId id) {
    return known(settle.settle(id));
  }

  /**
   * Does {@code work} as a request for the upload {@code id} that comes now, on this thread. It is
   * refused as {@code Outdated} where it would append or settle after a newer one has, or took
   * away: so what {@link #settle} returns holds until somebody comes who has seen it.
   */
  public <T> T inTurn(UploadId id, Supplier<T> work) {
    return locks.inTurn(id, work);
  }

  /** Returns {@code found}, its assembly finished first if that was cut off, unless it is gone. */
  Optional<UploadSession> known(Optional<UploadSession> found) {
    return found.filter(session -> session.state() != UploadState.CANCELLED).map(this::finished);
  }

  private UploadSession finished(UploadSession session) {
    return complete.finish(lost.unlessLost(session.id(), () -> concatenate.advance(session)));
  }

  /**
   * Says how long an upload will be whose length was not known. Ends whoever is sending to it; if
   * every byte is there, the whole is visible when this returns.
   *
   * @throws UploadRejectedException if another length was said before, more bytes are there, or it
   *     is beyond a limit
   */
  public UploadSession declareLength(UploadId id, long length) {
    limits.admitLength("Upload-Length", length);
    return finished(settle.alone(id, () -> withLength(id, length)));
  }

  private UploadSession withLength(UploadId id, long length) {
    UploadSession session = updates.current(id);
    limits(session).admitWhole("Upload-Length", session.policy(), length);
    admission.admitGrowth(session, Math.max(0, length - session.received().total()));
    return updates.apply(id, now -> now.withLength(length, clock.instant())).after();
  }

  /**
   * Takes an upload away: gives it up if it is unfinished, also where it cannot be finished, or
   * deletes its file. Ends whoever is sending to it.
   */
  public void remove(UploadId id) {
    UploadSession was = complete.alone(id, () -> cancel.remove(id));
    events.publish(
        was.state() == UploadState.COMPLETE
            ? new UploadEvent.Removed(was)
            : new UploadEvent.Cancelled(was));
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

  /**
   * Takes away what {@code declaration} has begun, whether or not all bytes are there, and returns
   * whether it did: not if it is complete, was begun by another declaration, or {@code onlyEmpty}
   * and it holds a byte. Nobody who is sending to it is cut.
   */
  boolean withdraw(UploadDeclaration declaration, boolean onlyEmpty) {
    try {
      UploadSession was =
          complete.alone(declaration.id(), () -> cancel.withdraw(declaration, onlyEmpty));
      events.publish(new UploadEvent.Cancelled(was));
      return true;
    } catch (UploadRejectedException e) {
      return false; // it is somebody else's by now, or gone
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
   * Frees unfinished uploads whose last progress is older than {@code expiry}, and what no upload
   * names; returns how many uploads that were.
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

  /**
   * Finishes wholes whose parts were not all there when they were last asked for on this node, and
   * are now.
   */
  public BatchOutcome finishWaiting() {
    int done = 0;
    int failed = 0;
    for (UploadId id : concatenate.waiting()) {
      try {
        if (describe(id).filter(session -> session.state() == UploadState.OPEN).isEmpty()) {
          concatenate.forget(id);
          done++;
        }
      } catch (StorageUnavailableException e) {
        failed++;
      } catch (UploadRejectedException e) {
        if (!(e.rejection() instanceof Rejection.Busy
            || e.rejection() instanceof Rejection.StorageFull)) {
          concatenate.forget(id); // its client will be told when it asks
        }
        failed++;
      }
    }
    return new BatchOutcome(done, failed);
  }

  /** Returns what one upload may ask of the server. */
  public UploadLimits limits() {
    return limits;
  }

  /** Returns what this one may ask: while nobody knows its length, what was kept free for it. */
  public UploadLimits limits(UploadSession session) {
    return session.length().isPresent() ? limits : limits.withMaxLength(store.maxLength(session));
  }

  /** Returns by which algorithms an upload may ask for digests of the whole. */
  public Set<DigestAlgorithm> digestAlgorithms() {
    return digests.algorithms();
  }

  /** Collects what {@link Uploads} works with. */
  public static final class Builder {

    private final ChunkStore store;
    private final SessionRepository sessions;
    private UploadLocks locks = new LocalUploadLocks(Duration.ofSeconds(30));
    private UploadEventPublisher events = event -> {};
    private InstantSource clock = InstantSource.system();
    private UploadLimits limits = UploadLimits.NONE;
    private OpenLimits openLimits = OpenLimits.NONE;
    private UploadAuthorizer authorizer = new OwnersOnly();
    private ResumableDigests digests = WholeDigesting.None.NONE;

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

    /** Limits what may be unfinished at a time, where the repository counts it. */
    public Builder openLimits(OpenLimits value) {
      openLimits = value;
      return this;
    }

    /** Replaces the rule that everybody's uploads are their own. */
    public Builder authorizer(UploadAuthorizer value) {
      authorizer = value;
      return this;
    }

    /** Has digests of wholes calculated; without, none can be asked for. */
    public Builder digests(ResumableDigests value) {
      digests = value;
      return this;
    }

    public Uploads build() {
      return new Uploads(this);
    }
  }
}
