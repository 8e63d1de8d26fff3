package dev.upload.core.model;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What was settled when an upload was created.
 *
 * @param length bytes of the whole; empty while the client has not said
 * @param destination where the whole will be visible
 * @param digests of the whole that are to be calculated while its bytes come, one after the other
 */
public record UploadDeclaration(
    UploadId id,
    Owner owner,
    AssemblyPolicy policy,
    OptionalLong length,
    UploadMetadata metadata,
    Destination destination,
    Instant createdAt,
    WholeDigests digests) {

  public UploadDeclaration {
    if (policy instanceof ChunkGrid grid && length.orElse(-1) != grid.length()) {
      throw new IllegalArgumentException("the grid is of another length than the upload");
    }
    if (!(policy instanceof AppendOnly) && !digests.algorithms().isEmpty()) {
      throw new IllegalArgumentException("digests need bytes that come one after the other");
    }
  }

  /** Declares an upload of which nobody wants a digest. */
  public UploadDeclaration(
      UploadId id,
      Owner owner,
      AssemblyPolicy policy,
      OptionalLong length,
      UploadMetadata metadata,
      Destination destination,
      Instant createdAt) {
    this(id, owner, policy, length, metadata, destination, createdAt, WholeDigests.NONE);
  }

  /** Returns the same with the length, which has become known meanwhile. */
  public UploadDeclaration withLength(long known) {
    return with(OptionalLong.of(known), digests);
  }

  /** Returns the same as it was declared without a length. */
  public UploadDeclaration withoutLength() {
    return with(OptionalLong.empty(), digests);
  }

  /** Returns the same with these digests to be calculated. */
  public UploadDeclaration withDigests(WholeDigests wished) {
    return with(length, wished);
  }

  private UploadDeclaration with(OptionalLong newLength, WholeDigests newDigests) {
    return new UploadDeclaration(
        id, owner, policy, newLength, metadata, destination, createdAt, newDigests);
  }

  /**
   * Tells whether {@code other} declares the same upload: the same owner, policy and length, of
   * which a concatenation knows nothing at first, and no digest that this one does not check.
   */
  public boolean agreesWith(UploadDeclaration other) {
    return owner.equals(other.owner)
        && policy.agreesWith(other.policy)
        && (policy instanceof Concatenation || length.equals(other.length))
        && Set.copyOf(digests.expected()).containsAll(other.digests.expected());
  }
}
