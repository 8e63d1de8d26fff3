package dev.upload.http.resumablejs;

import dev.upload.http.problem.Dialect;

/** Which of the related clients sends a request; its parameters' names tell. */
enum Spelling {
  /** {@code resumableChunkNumber}; names can be changed. */
  RESUMABLE_JS("resumable"),
  /** {@code flowChunkNumber}. */
  FLOW_JS("flow"),
  /** {@code chunkNumber}. */
  SIMPLE_UPLOADER("");

  private final String prefix;

  Spelling(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  Dialect dialect() {
    return switch (this) {
      case RESUMABLE_JS -> Dialect.RESUMABLE_JS;
      case FLOW_JS, SIMPLE_UPLOADER -> Dialect.FLOW_JS;
    };
  }
}
