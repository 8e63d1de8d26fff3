package dev.upload.fs;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Compares what is listed with what the disk has. Safe for concurrent use. */
final class ListedBytes {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final SqliteSessions sessions;
  private final UploadFiles files;

  ListedBytes(SqliteSessions sessions, UploadFiles files) {
    this.sessions = sessions;
    this.files = files;
  }

  /**
   * What was found of an upload.
   *
   * @param ranges how many ranges were compared
   * @param rangesLost how many of them the disk does not have
   * @param lost those, and whatever lies beyond the end of the file
   */
  record Found(UploadSession session, int ranges, int rangesLost, List<ByteRange> lost) {

    /** Returns the session without what is lost, as its next version. */
    UploadSession rest() {
      UploadSession rest = session;
      for (ByteRange range : lost) {
        rest = rest.without(range, StoreNotes.NONE);
      }
      return rest.asVersion(session.version() + 1);
    }
  }

  /**
   * Compares what is listed of {@code id}; returns nothing if there is no such upload any more.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  Optional<Found> compare(UploadId id) {
    return sessions
        .find(id)
        .map(
            session -> {
              try {
                return compared(session, sessions.listed(id));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private Found compared(UploadSession session, List<Fingerprint> listed) throws IOException {
    int ranges = 0;
    int rangesLost = 0;
    List<ByteRange> lost = new ArrayList<>();
    Optional<FileChannel> opened = files.openAnywhere(session);
    try (FileChannel file = opened.orElse(null)) {
      for (Fingerprint fingerprint : listed) {
        int counted = fingerprint.range().isEmpty() ? 0 : 1;
        ranges += counted;
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
    return new Found(session, ranges, rangesLost, lost);
  }

  private static boolean matches(FileChannel file, Fingerprint fingerprint) throws IOException {
    CRC32C crc = new CRC32C();
    long position = fingerprint.range().start();
    long end = fingerprint.range().end();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, end - position));
    while (position < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
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
