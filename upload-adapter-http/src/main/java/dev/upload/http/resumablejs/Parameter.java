package dev.upload.http.resumablejs;

import java.util.Locale;

/** What a client says of a chunk, by whatever name. */
enum Parameter {
  CHUNK_NUMBER("ChunkNumber"),
  CHUNK_SIZE("ChunkSize"),
  CURRENT_CHUNK_SIZE("CurrentChunkSize"),
  TOTAL_SIZE("TotalSize"),
  TYPE("Type"),
  IDENTIFIER("Identifier"),
  FILENAME("Filename"),
  RELATIVE_PATH("RelativePath"),
  TOTAL_CHUNKS("TotalChunks");

  private final String stem;

  Parameter(String stem) {
    this.stem = stem;
  }

  /** Returns the name with {@code prefix}; without one it begins with a lower-case letter. */
  String named(String prefix) {
    return prefix.isEmpty()
        ? Character.toLowerCase(stem.charAt(0)) + stem.substring(1)
        : prefix + stem;
  }

  /** Returns the name in configuration keys, such as {@code chunk-number}. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
