package dev.upload.core.model;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * An upload and how far it has come: the only truth about its progress. Immutable; every transition
 * returns the next session, whose {@code version} is one higher.
 *
 * @param touchedAt when a client last made progress
 * @param notes what the store needs to find the bytes again
 * @param version counts the transitions from 1 on; a repository replaces version n by n + 1 only
 * @param digested how far the digests have come that the declaration asks for
 */
public record UploadSession(
    UploadDeclaration declaration,
    UploadState state,
    ByteRanges received,
    StoreNotes notes,
    Instant touchedAt,
    long version,
    DigestProgress digested) {

  /** Returns a session of which no digest is calculated. */
  public UploadSession(
      UploadDeclaration declaration,
      UploadState state,
      ByteRanges received,
      StoreNotes notes,
      Instant touchedAt,
      long version) {
    this(declaration, state, received, notes, touchedAt, version, DigestProgress.NONE);
  }

  /** Returns an upload that has just been declared. */
  public static UploadSession opened(UploadDeclaration declaration, StoreNotes notes) {
    return new UploadSession(
        declaration, UploadState.OPEN, ByteRanges.EMPTY, notes, declaration.createdAt(), 1);
  }

  public UploadId id() {
    return declaration.id();
  }

  public AssemblyPolicy policy() {
    return declaration.policy();
  }

  public OptionalLong length() {
    return declaration.length();
  }

  public UploadMetadata metadata() {
    return declaration.metadata();
  }

  public Destination destination() {
    return declaration.destination();
  }

  /** Returns the digests of the whole that were asked for: none before it is complete. */
  public List<Digest> digests() {
    return digested.digests();
  }

  /** Tells whether it is only there to be concatenated with others. */
  public boolean isPartial() {
    return policy().isPartial();
  }

  /**
   * Tells whether it was begun by this very declaration, and is no earlier or later upload of the
   * same id.
   */
  public boolean isBegunBy(UploadDeclaration begun) {
    return declaration.createdAt().equals(begun.createdAt());
  }

  /** Tells whether the length is known and every byte is here. */
  public boolean isFull() {
    return isFullWith(received);
  }

  /** Returns how many bytes are here without a gap. */
  public long offset() {
    return received.prefixEnd();
  }

  /**
   * Refuses an append at another offset than its own.
   *
   * @throws UploadRejectedException with {@code OffsetMismatch}
   */
  public void requireOffset(long provided) {
    if (offset() != provided) {
      throw new UploadRejectedException(new Rejection.OffsetMismatch(offset(), provided));
    }
  }

  /**
   * Tells whether nothing is left to write for {@code chunk}. An empty chunk is only there once the
   * upload has left {@link UploadState#OPEN}, for it is what makes an empty upload whole.
   */
  public boolean alreadyHas(Chunk chunk) {
    return switch (state) {
      case OPEN ->
          policy() instanceof ChunkGrid
              && !chunk.range().isEmpty()
              && received.covers(chunk.range());
      case ASSEMBLING, COMPLETE -> policy() instanceof ChunkGrid;
      case CANCELLED -> false;
    };
  }

  /**
   * Refuses a chunk that may not be written now.
   *
   * @throws UploadRejectedException if it may not
   */
  public void admit(Chunk chunk) {
    if (policy() instanceof Concatenation) {
      throw new UploadRejectedException(new Rejection.NotAppendable());
    }
    switch (state) {
      case OPEN -> policy().admit(chunk, received);
      case ASSEMBLING, COMPLETE ->
          throw new UploadRejectedException(
              new Rejection.WrongState("The upload has all its bytes."));
      case CANCELLED -> throw new UploadRejectedException(new Rejection.Gone());
    }
    if (chunk.length().isPresent() && length().isPresent()) {
      long end = chunk.range().end();
      if (end > length().getAsLong()) {
        throw new UploadRejectedException(
            new Rejection.TooLarge("Upload-Offset + Content-Length", length().getAsLong(), end));
      }
      if (chunk.last() && policy() instanceof AppendOnly) {
        requireLength(end);
      }
    }
  }

  /** Returns the range that nobody else may write while {@code chunk} is being written. */
  public ByteRange writeSpan(Chunk chunk) {
    return policy().writeSpan(chunk);
  }

  /**
   * Returns the session that holds {@code range} too: {@link UploadState#ASSEMBLING} if that makes
   * it whole. Once it has left {@link UploadState#OPEN} nothing changes any more.
   */
  public UploadSession received(ByteRange range, StoreNotes change, Instant now) {
    return received(range, change, digested, now);
  }

  /** Returns the same, with the digests as they are once {@code range} has gone into them. */
  public UploadSession received(
      ByteRange range, StoreNotes change, DigestProgress progress, Instant now) {
    if (state != UploadState.OPEN) {
      return this;
    }
    ByteRanges all = received.plus(range);
    UploadState next = isWhole(all) ? UploadState.ASSEMBLING : UploadState.OPEN;
    return new UploadSession(
        declaration, next, all, notes.with(change), now, version + 1, progress);
  }

  /**
   * Returns the session once all of {@code chunk} is here: declared complete if its sender says
   * that nothing follows, but not where that contradicts the length that was said.
   */
  public UploadSession endedWith(Chunk chunk, Instant now) {
    return chunk.last() && length().orElse(offset()) == offset() ? declaredComplete(now) : this;
  }

  /**
   * Returns the session whose client has said how long it will be: {@link UploadState#ASSEMBLING}
   * if that makes it whole. A length is said once.
   *
   * @throws UploadRejectedException if another one was said before, or more bytes are here already
   */
  public UploadSession withLength(long length, Instant now) {
    if (length().isPresent()) {
      requireLength(length);
      return this;
    }
    if (state == UploadState.CANCELLED) {
      throw new UploadRejectedException(new Rejection.Gone());
    }
    if (length < received.total()) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent(
              "Upload-Length", "%d bytes are here already".formatted(received.total())));
    }
    return new UploadSession(
            declaration.withLength(length), state, received, notes, touchedAt, version, digested)
        .received(ByteRange.at(received.prefixEnd(), 0), StoreNotes.NONE, now);
  }

  /**
   * Returns the session as the client declares it finished: as long as it is now, and whole. One
   * that is only there to be concatenated is full then. Nothing changes where the cells of a grid
   * say what is whole.
   *
   * @throws UploadRejectedException if another length was said before
   */
  public UploadSession declaredComplete(Instant now) {
    if (state != UploadState.OPEN || !(policy() instanceof AppendOnly)) {
      return this;
    }
    requireLength(offset());
    UploadState next = isPartial() ? UploadState.OPEN : UploadState.ASSEMBLING;
    return new UploadSession(
        declaration.withLength(offset()), next, received, notes, now, version + 1, digested);
  }

  /** Tells whether every byte is there once {@code range} is. */
  public boolean isWholeWith(ByteRange range) {
    return received(range, StoreNotes.NONE, touchedAt).state() == UploadState.ASSEMBLING;
  }

  /** Tells whether every byte is there once {@code chunk} is, and has {@code length} bytes. */
  public boolean isWholeWith(Chunk chunk, long length) {
    return received(ByteRange.at(chunk.offset(), length), StoreNotes.NONE, touchedAt)
            .endedWith(chunk, touchedAt)
            .state()
        == UploadState.ASSEMBLING;
  }

  /**
   * Returns the session without {@code lost}: the store does not have these bytes after all. One
   * that was whole is open again. Digests cannot go back, so that one that calculates some begins
   * anew.
   */
  public UploadSession without(ByteRange lost, StoreNotes change) {
    UploadState next = state == UploadState.CANCELLED ? state : UploadState.OPEN;
    ByteRanges rest = received.minus(lost);
    boolean anew = rest.prefixEnd() < digested.offset();
    return new UploadSession(
        declaration,
        next,
        anew ? ByteRanges.EMPTY : rest,
        notes.with(change),
        touchedAt,
        version + 1,
        anew ? DigestProgress.NONE : digested);
  }

  /** Returns the session whose whole is visible. */
  public UploadSession completed(StoreNotes change, Instant now) {
    return new UploadSession(
        declaration,
        UploadState.COMPLETE,
        received,
        notes.with(change),
        now,
        version + 1,
        digested);
  }

  /** Returns the session whose digests are made. */
  public UploadSession digested(List<Digest> digests) {
    return new UploadSession(
        declaration,
        state,
        received,
        notes,
        touchedAt,
        version + 1,
        DigestProgress.made(received.prefixEnd(), digests));
  }

  /** Returns the session as given up. */
  public UploadSession cancelled(Instant now) {
    return new UploadSession(
        declaration, UploadState.CANCELLED, received, notes, now, version + 1, digested);
  }

  /** Returns the same session under another version: several transitions may be recorded as one. */
  public UploadSession asVersion(long number) {
    return new UploadSession(declaration, state, received, notes, touchedAt, number, digested);
  }

  private void requireLength(long wanted) {
    if (length().orElse(wanted) != wanted) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent(
              "Upload-Length", "it is %d already".formatted(length().orElseThrow())));
    }
  }

  private boolean isFullWith(ByteRanges all) {
    return length().isPresent() && all.covers(ByteRange.at(0, length().getAsLong()));
  }

  private boolean isWhole(ByteRanges all) {
    return isFullWith(all)
        && switch (policy()) {
          case ChunkGrid grid -> true;
          case AppendOnly append -> append.completion() == AppendOnly.Completion.WHEN_FULL;
          case Concatenation concatenation -> true;
        };
  }
}
