package dev.upload.app.kills;

import dev.upload.app.e2e.Sample;

/** The ways in which files are sent. */
enum Dialect {
  RESUMABLE_JS_OCTETS,
  RESUMABLE_JS_FORM,
  TUS,
  TUS_CONCATENATION,
  IETF_DRAFT;

  /** Returns a transfer of {@code file} that has not begun. */
  Transfer of(Sample file) {
    return switch (this) {
      case RESUMABLE_JS_OCTETS -> new ChunkTransfer(file, false);
      case RESUMABLE_JS_FORM -> new ChunkTransfer(file, true);
      case TUS -> new TusTransfer(file, false);
      case TUS_CONCATENATION -> new ConcatenatedTransfer(file);
      case IETF_DRAFT -> new DraftTransfer(file);
    };
  }
}
