package dev.upload.fs;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Takes from the records what a power cut took from the disk. Runs before anybody else uses the
 * directory.
 *
 * <p>If the machine has run since the last write, its page cache has everything and nothing is
 * read.
 */
final class Recovery {

  private static final int BUFFER_BYTES = 1024 * 1024;
  private static final int UPLOADS_AT_ONCE = 1_000;
  private static final String UNKNOWN_BOOT = "unknown";

  private final SqliteSessions sessions;
  private final UploadFiles files;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private int rangesVerified;
  private int rangesLost;
  private long bytesLost;
  private int sessionsChanged;
  private int uploadsReopened;

  Recovery(SqliteSessions sessions, UploadFiles files) {
    this.sessions = sessions;
    this.files = files;
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
    for (List<Mutation.Forced> listed = sessions.listed(UPLOADS_AT_ONCE);
        !listed.isEmpty();
        listed = sessions.listed(UPLOADS_AT_ONCE)) {
      for (Mutation.Forced upload : listed) {
        Optional<UploadSession> session = sessions.find(upload.id());
        if (session.isPresent()) {
          verify(session.get());
        }
      }
      sessions.forced(listed);
    }
  }

  private void verify(UploadSession session) throws IOException {
    List<ByteRange> lost = lost(session, sessions.listed(session.id()));
    boolean complete = session.state() == UploadState.COMPLETE;
    if (!lost.isEmpty()) {
      UploadSession rest = session;
      for (ByteRange range : lost) {
        rest = rest.without(range, StoreNotes.NONE);
      }
      bytesLost += session.received().total() - rest.received().total();
      sessions.replace(rest.asVersion(session.version() + 1));
      sessionsChanged++;
    }
    if (complete && lost.isEmpty() && files.isUnfinished(session)) {
      files.finish(session); // its final name is what was lost
    } else if (complete && !lost.isEmpty()) {
      files.takeBack(session);
      uploadsReopened++;
    }
  }

  /** Returns what the file does not have of what is listed, and whatever lies beyond its end. */
  private List<ByteRange> lost(UploadSession session, List<Fingerprint> listed) throws IOException {
    List<ByteRange> lost = new ArrayList<>();
    Optional<FileChannel> opened = files.openAnywhere(session);
    try (FileChannel file = opened.orElse(null)) {
      for (Fingerprint fingerprint : listed) {
        int counted = fingerprint.range().isEmpty() ? 0 : 1;
        rangesVerified += counted;
        if (file == null || !fingerprint.isComparable() || !matches(file, fingerprint)) {
          rangesLost += counted;
          lost.add(fingerprint.range());
        }
      }
      ByteRange beyond = ByteRange.from(file == null ? 0 : file.size());
      if (!session.received().minus(beyond).equals(session.received())) {
        lost.add(beyond);
      }
    }
    return lost;
  }

  private boolean matches(FileChannel file, Fingerprint fingerprint) throws IOException {
    CRC32C crc = new CRC32C();
    long position = fingerprint.range().start();
    while (position < fingerprint.range().end()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), fingerprint.range().end() - position));
      int read = file.read(buffer, position);
      if (read < 0) {
        return false;
      }
      position += read;
      crc.update(buffer.flip());
    }
    return (int) crc.getValue() == fingerprint.crc32c();
  }
}
