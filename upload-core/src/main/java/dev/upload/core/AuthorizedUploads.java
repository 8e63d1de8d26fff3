package dev.upload.core;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Concatenation;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.Requester;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadAction;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadScope;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.PiecewiseBody;
import dev.upload.core.port.SessionRepository;
import dev.upload.core.port.UploadAuthorizer;
import dev.upload.core.port.UploadAuthorizer.Decision;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The uploads as one requester has them: every method asks the authorizer first, and does what the
 * one of {@link Uploads} does only then. Nothing is cut, finished or begun for somebody who may
 * not.
 *
 * <p>An upload that is hidden is unknown here; what else is not permitted is refused with {@link
 * Rejection.Forbidden}.
 */
public final class AuthorizedUploads {

  private final Uploads uploads;
  private final SessionRepository sessions;
  private final UploadAuthorizer authorizer;
  private final Requester requester;

  AuthorizedUploads(
      Uploads uploads,
      SessionRepository sessions,
      UploadAuthorizer authorizer,
      Requester requester) {
    this.uploads = uploads;
    this.sessions = sessions;
    this.authorizer = authorizer;
    this.requester = requester;
  }

  /** Returns who asks. */
  public Requester requester() {
    return requester;
  }

  /** Returns what one upload of this requester may ask of the server. */
  public UploadLimits limits() {
    return scoped(uploads.limits());
  }

  /** Returns what {@code session} may ask of the server; see {@link Uploads#limits}. */
  public UploadLimits limits(UploadSession session) {
    return scoped(uploads.limits(session));
  }

  private UploadLimits scoped(UploadLimits limits) {
    return switch (requester.scope()) {
      case UploadScope.Everything all -> limits;
      case UploadScope.Single one -> limits.withMaxLength(one.maxLength());
    };
  }

  /** Returns by which algorithms an upload may ask for digests of the whole. */
  public Set<DigestAlgorithm> digestAlgorithms() {
    return uploads.digestAlgorithms();
  }

  /** Begins an upload; see {@link Uploads#create}. */
  public UploadSession create(UploadDeclaration declaration) {
    admit(declaration);
    return uploads.create(declaration);
  }

  /** Begins an upload that is made of others, all of which the requester may write to. */
  public UploadSession concatenate(UploadDeclaration declaration) {
    admit(declaration);
    if (declaration.policy() instanceof Concatenation concatenation) {
      concatenation.parts().forEach(this::requirePart);
    }
    return uploads.concatenate(declaration);
  }

  /** Brings a chunk; see {@link Uploads#receive(UploadId, Chunk, ChunkBody)}. */
  public UploadSession receive(UploadId id, Chunk chunk, ChunkBody body) {
    require(sessions.recent(id), UploadAction.WRITE);
    return uploads.receive(id, chunk, body);
  }

  /**
   * Brings a chunk, and is told how far it has come; see {@link Uploads#receive(UploadId, Chunk,
   * PiecewiseBody, Progress)}.
   */
  public UploadSession receive(UploadId id, Chunk chunk, PiecewiseBody body, Progress progress) {
    require(sessions.recent(id), UploadAction.WRITE);
    return uploads.receive(id, chunk, body, progress);
  }

  /**
   * Begins an upload with its first chunk; see {@link Uploads#receive(UploadDeclaration, Chunk,
   * ChunkBody)}.
   */
  public UploadSession receive(UploadDeclaration declaration, Chunk chunk, ChunkBody body) {
    admit(declaration);
    return uploads.receive(declaration, chunk, body);
  }

  /** Returns the upload, its assembly finished first if that was cut off. */
  public Optional<UploadSession> describe(UploadId id) {
    return uploads.known(permitted(sessions.find(id), UploadAction.DESCRIBE));
  }

  /**
   * Returns the same for somebody who is about to send bytes. Of an open upload what this node
   * knows will do: recording the bytes will prove it. To refuse somebody, {@link #describe} it.
   */
  public Optional<UploadSession> describeToSend(UploadId id) {
    return sessions
        .remembered(id)
        .filter(session -> session.state() == UploadState.OPEN)
        .filter(session -> decision(UploadAction.DESCRIBE, session) == Decision.PERMITTED)
        .or(() -> describe(id));
  }

  /** Returns the same for somebody who wants to have the whole. */
  public Optional<UploadSession> describeToRead(UploadId id) {
    return uploads.known(permitted(sessions.find(id), UploadAction.READ));
  }

  /** Returns {@code described}, an upload of this requester's, to him if he may have the whole. */
  public UploadSession toRead(UploadSession described) {
    require(Optional.of(described), UploadAction.READ);
    return described;
  }

  /** Returns the upload as it is recorded: nothing is finished first. */
  public Optional<UploadSession> recorded(UploadId id) {
    return permitted(sessions.find(id), UploadAction.DESCRIBE)
        .filter(session -> session.state() != UploadState.CANCELLED);
  }

  /**
   * Returns the upload once nobody sends to it any more; see {@link Uploads#settle}. For somebody
   * who may only ask, nobody's sending is ended.
   */
  public Optional<UploadSession> settle(UploadId id) {
    Optional<UploadSession> seen = permitted(sessions.recent(id), UploadAction.DESCRIBE);
    boolean writes =
        seen.isPresent()
            && authorizer.decide(requester, UploadAction.WRITE, seen.get()) == Decision.PERMITTED;
    return writes ? uploads.settle(id) : describe(id);
  }

  /** Does {@code work} as a request for an upload that comes now; see {@link Uploads#inTurn}. */
  public <T> T inTurn(UploadId id, Supplier<T> work) {
    return uploads.inTurn(id, work);
  }

  /** Says how long an upload will be; see {@link Uploads#declareLength}. */
  public UploadSession declareLength(UploadId id, long length) {
    require(sessions.recent(id), UploadAction.WRITE);
    limits().admitLength("Upload-Length", length);
    return uploads.declareLength(id, length);
  }

  /** Takes an upload away; see {@link Uploads#remove}. */
  public void remove(UploadId id) {
    require(
        sessions.find(id).filter(session -> session.state() != UploadState.CANCELLED),
        UploadAction.CANCEL);
    uploads.remove(id);
  }

  /** Gives an unfinished upload up; see {@link Uploads#cancel}. */
  public void cancel(UploadId id) {
    require(sessions.find(id), UploadAction.CANCEL);
    uploads.cancel(id);
  }

  /** Gives up what its own writer has made useless; see {@link Uploads#cancel}. */
  public void giveUp(UploadId id) {
    require(sessions.recent(id), UploadAction.WRITE);
    uploads.cancel(id);
  }

  /**
   * Takes away what a request with this declaration has begun, and returns whether it did: whoever
   * may begin an upload may have it undone, but no other one, and none that is complete. One that
   * others know by its id before it is begun may hold bytes of theirs, and is kept if it holds any.
   */
  public boolean withdraw(UploadDeclaration declaration) {
    require(sessions.recent(declaration.id()), UploadAction.CREATE);
    return uploads.withdraw(declaration, requester.scope() instanceof UploadScope.Single);
  }

  /** Takes an upload away if it holds no byte; see {@link Uploads#cancelIfEmpty}. */
  public boolean withdrawIfEmpty(UploadId id) {
    return permitted(sessions.recent(id), UploadAction.CREATE).isPresent()
        && uploads.cancelIfEmpty(id);
  }

  /** Opens a range of a complete upload; see {@link Uploads#read}. */
  public ReadableByteChannel read(UploadSession session, ByteRange range) {
    require(Optional.of(session), UploadAction.READ);
    return uploads.read(session, range);
  }

  private void admit(UploadDeclaration declaration) {
    UploadSession begun = UploadSession.opened(declaration, StoreNotes.NONE);
    if (authorizer.decide(requester, UploadAction.CREATE, begun) != Decision.PERMITTED) {
      throw forbidden();
    }
    if (requester.scope() instanceof UploadScope.Single) {
      admitSingle(declaration);
    }
  }

  /** Of an upload that has a limit of its own the length has to be known from the beginning on. */
  private void admitSingle(UploadDeclaration declaration) {
    if (declaration.policy() instanceof Concatenation) {
      throw forbidden();
    }
    long length =
        declaration
            .length()
            .orElseThrow(
                () ->
                    new UploadRejectedException(
                        new Rejection.Malformed("length", "it has to be said at once here")));
    limits().admitLength("length", length);
  }

  private void requirePart(UploadId part) {
    boolean writable =
        sessions
            .recent(part)
            .filter(
                found ->
                    authorizer.decide(requester, UploadAction.WRITE, found) == Decision.PERMITTED)
            .isPresent();
    if (!writable) {
      throw ConcatenateUploads.noPart(part);
    }
  }

  private void require(Optional<UploadSession> found, UploadAction action) {
    if (permitted(found, action).isEmpty()) {
      throw SessionUpdates.unknown();
    }
  }

  /** Returns {@code found} unless it is hidden. */
  private Optional<UploadSession> permitted(Optional<UploadSession> found, UploadAction action) {
    return found.filter(
        session ->
            switch (decision(action, session)) {
              case PERMITTED -> true;
              case HIDDEN -> false;
              case FORBIDDEN -> throw forbidden();
            });
  }

  private Decision decision(UploadAction action, UploadSession session) {
    return authorizer.decide(requester, action, session);
  }

  private static UploadRejectedException forbidden() {
    return new UploadRejectedException(new Rejection.Forbidden());
  }
}
