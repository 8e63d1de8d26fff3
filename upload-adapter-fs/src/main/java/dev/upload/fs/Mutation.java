package dev.upload.fs;

import dev.upload.core.model.SessionSnapshot;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import java.util.List;

/**
 * Something to change in the database, in a transaction with whatever else waits. Made ready on the
 * caller's thread, so that the writer only binds and steps.
 */
sealed interface Mutation {

  /** Records a session, and lists bytes that it claims. */
  sealed interface Recording extends Mutation {

    UploadSession session();

    /** Returns the form at rest. */
    String body();

    List<Fingerprint> unforced();

    /**
     * Tells whether nothing of the upload needs to be on the list from now on: everything of it is
     * forced, or it is given up.
     */
    boolean endsList();
  }

  /** Records a session whose id is free. */
  record Insert(UploadSession session, String body, List<Fingerprint> unforced, boolean endsList)
      implements Recording {
    static Insert of(UploadSession session, List<Fingerprint> unforced, boolean endsList) {
      String body = SnapshotJson.of(SessionSnapshot.of(session));
      return new Insert(session, body, unforced, endsList);
    }
  }

  /** Records a session in place of the version before it. */
  record Replace(UploadSession session, String body, List<Fingerprint> unforced, boolean endsList)
      implements Recording {
    static Replace of(UploadSession session, List<Fingerprint> unforced, boolean endsList) {
      String body = SnapshotJson.of(SessionSnapshot.of(session));
      return new Replace(session, body, unforced, endsList);
    }
  }

  /** Forgets a session of this version. */
  record Delete(UploadSession session) implements Mutation {}

  /** Takes the ranges of {@code id} up to row {@code lastSeq} off the list: the disk has them. */
  record Forced(UploadId id, long lastSeq) implements Mutation {}

  /** Takes everything off the list: it was compared with what the disk has. */
  record Verified() implements Mutation {}

  /** Notes in which boot of the machine everything that follows is written. */
  record Booted(String bootId) implements Mutation {}

  /**
   * Tells whether the commit has to be on the disk before it is acknowledged, whatever the level:
   * because completion promises it, or a file is deleted in the belief that it is.
   */
  default boolean mustBeForced() {
    return switch (this) {
      case Recording recording -> recording.endsList();
      case Delete delete -> false; // it was given up before, and that was forced
      case Forced forced -> false;
      case Verified verified -> false;
      case Booted booted -> true;
    };
  }
}
