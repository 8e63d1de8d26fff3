package dev.upload.core.model;

/**
 * What a store made of a chunk.
 *
 * @param length how many bytes from the chunk's offset on the store now holds
 * @param notes what it wants recorded with them
 */
public record StoredChunk(long length, StoreNotes notes) {

  /** Returns {@code length} bytes of which nothing needs to be remembered. */
  public static StoredChunk of(long length) {
    return new StoredChunk(length, StoreNotes.NONE);
  }
}
