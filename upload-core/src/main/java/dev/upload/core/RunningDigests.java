package dev.upload.core;

import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.DigestProgress;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.ResumableDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;

/** The digests of one upload, while the bytes of one request go into them. For one thread. */
final class RunningDigests {

  private final UploadSession session;
  private final Map<DigestAlgorithm, ResumableDigest> digests;
  private long offset;

  /**
   * @param digests into which all bytes of {@code session} have gone that are recorded
   */
  RunningDigests(UploadSession session, Map<DigestAlgorithm, ResumableDigest> digests) {
    this.session = session;
    this.digests = digests;
    this.offset = session.digested().offset();
  }

  /** Returns {@code body}, whose bytes go into the digests, if there are any, as they pass. */
  ChunkBody over(ChunkBody body) {
    return digests.isEmpty() ? body : new Calculated(body);
  }

  private void update(ByteBuffer bytes) {
    offset += bytes.remaining();
    digests.values().forEach(digest -> digest.update(bytes.duplicate()));
  }

  /**
   * Returns how far they have come.
   *
   * @throws StorageUnavailableException if the store did not take what has gone into them
   */
  DigestProgress progress(long stored) {
    if (digests.isEmpty()) {
      return session.digested();
    }
    if (offset != stored) {
      throw new StorageUnavailableException(
          "could not store all that came of upload " + session.id(),
          new IOException("%d bytes came, and %d are stored".formatted(offset, stored)));
    }
    Map<DigestAlgorithm, String> states = new EnumMap<>(DigestAlgorithm.class);
    digests.forEach(
        (algorithm, digest) ->
            states.put(algorithm, Base64.getEncoder().encodeToString(digest.state())));
    return DigestProgress.at(offset, states);
  }

  private final class Calculated implements ChunkBody {

    private final ChunkBody body;

    Calculated(ChunkBody body) {
      this.body = body;
    }

    @Override
    public long transferTo(WritableByteChannel sink) throws IOException {
      return body.transferTo(new DigestingChannel(sink, RunningDigests.this::update));
    }

    @Override
    public boolean truncated() {
      return body.truncated();
    }

    @Override
    public void cut() {
      body.cut();
    }
  }
}
