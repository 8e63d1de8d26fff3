package dev.upload.fs;

import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes from the records what a power cut took from the disk. Runs before anybody else uses the
 * directory.
 *
 * <p>If the machine has run since the last write, its page cache has everything and nothing is
 * read.
 */
final class Recovery {

  private static final int UPLOADS_AT_ONCE = 1_000;
  private static final String UNKNOWN_BOOT = "unknown";

  private final SqliteSessions sessions;
  private final UploadFiles files;
  private final ListedBytes bytes;
  private int rangesVerified;
  private int rangesLost;
  private long bytesLost;
  private int sessionsChanged;
  private int uploadsReopened;

  Recovery(SqliteSessions sessions, UploadFiles files) {
    this.sessions = sessions;
    this.files = files;
    this.bytes = new ListedBytes(sessions, files);
  }

  /**
   * Verifies what is listed, if the machine was started again since.
   *
   * @param boot the current boot; empty if it cannot be told, which counts as another one
   */
  RecoveryReport run(Optional<String> boot) throws IOException {
    RecoveryReport report = RecoveryReport.NOT_NEEDED;
    if (boot.isEmpty() || !sessions.lastBoot().equals(boot)) {
      verifyListed();
      report =
          new RecoveryReport(
              true, rangesVerified, rangesLost, bytesLost, sessionsChanged, uploadsReopened);
      sessions.booted(boot.orElse(UNKNOWN_BOOT));
    }
    return report;
  }

  private void verifyListed() throws IOException {
    String last = "";
    for (List<Mutation.Forced> listed = sessions.listedAfter(last, UPLOADS_AT_ONCE);
        !listed.isEmpty();
        listed = sessions.listedAfter(last, UPLOADS_AT_ONCE)) {
      settle(compared(listed));
      last = listed.getLast().id().value();
    }
    sessions.verified();
  }

  /** Compares on all processors: most of it is calls into SQLite and the file system. */
  private List<ListedBytes.Found> compared(List<Mutation.Forced> listed) throws IOException {
    try {
      return listed.parallelStream()
          .map(upload -> bytes.compare(upload.id()))
          .flatMap(Optional::stream)
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Records first what is lost, so that no record claims it whatever happens to the files. */
  private void settle(List<ListedBytes.Found> found) throws IOException {
    List<UploadSession> changed = new ArrayList<>();
    for (ListedBytes.Found upload : found) {
      rangesVerified += upload.ranges();
      rangesLost += upload.rangesLost();
      if (!upload.lost().isEmpty()) {
        UploadSession rest = upload.rest();
        bytesLost += upload.session().received().total() - rest.received().total();
        changed.add(rest);
      }
    }
    sessions.replaceAll(changed);
    sessionsChanged += changed.size();
    for (ListedBytes.Found upload : found) {
      if (upload.session().state() == UploadState.COMPLETE) {
        settleName(upload);
      }
    }
  }

  private void settleName(ListedBytes.Found complete) throws IOException {
    if (!complete.lost().isEmpty()) {
      files.takeBack(complete.session());
      uploadsReopened++;
    } else if (files.isUnfinished(complete.session())) {
      files.finish(complete.session()); // its final name is what was lost
    }
  }
}
