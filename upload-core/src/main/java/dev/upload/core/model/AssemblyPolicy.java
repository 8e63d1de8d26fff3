package dev.upload.core.model;

/** How the chunks of an upload make up the whole. */
public sealed interface AssemblyPolicy permits AppendOnly, ChunkGrid, Concatenation {

  /** Returns the range that nobody else may write while {@code chunk} is being written. */
  ByteRange writeSpan(Chunk chunk);

  /**
   * Refuses a chunk that does not fit what the upload holds.
   *
   * @throws UploadRejectedException if it does not
   */
  void admit(Chunk chunk, ByteRanges received);

  /** Tells whether chunks of the one and of the other make up the same whole. */
  boolean agreesWith(AssemblyPolicy other);

  /** Tells whether part of a chunk counts when the rest of it did not arrive. */
  boolean keepsPartOfChunk();

  /** Tells whether an upload of it is only there to be concatenated with others. */
  default boolean isPartial() {
    return false;
  }
}
