package dev.upload.core.model;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What was settled when an upload was created.
 *
 * @param length bytes of the whole; empty while the client has not said
 * @param destination where the whole will be visible
 */
public record UploadDeclaration(
    UploadId id,
    Owner owner,
    AssemblyPolicy policy,
    OptionalLong length,
    UploadMetadata metadata,
    Destination destination,
    Instant createdAt) {

  public UploadDeclaration {
    if (policy instanceof ChunkGrid grid && length.orElse(-1) != grid.length()) {
      throw new IllegalArgumentException("the grid is of another length than the upload");
    }
  }

  /** Returns the same with the length, which has become known meanwhile. */
  public UploadDeclaration withLength(long known) {
    return new UploadDeclaration(
        id, owner, policy, OptionalLong.of(known), metadata, destination, createdAt);
  }

  /**
   * Tells whether {@code other} declares the same upload: the same owner, policy and length, of
   * which a concatenation knows nothing at first.
   */
  public boolean agreesWith(UploadDeclaration other) {
    return owner.equals(other.owner)
        && policy.agreesWith(other.policy)
        && (policy instanceof Concatenation || length.equals(other.length));
  }
}
