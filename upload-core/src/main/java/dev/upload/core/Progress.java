package dev.upload.core;

import dev.upload.core.model.UploadSession;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How often a sender is to be told how far its body has come while it is still sending.
 *
 * @param everyBytes at the latest after so many
 * @param every about so often while bytes come: at the latest after half as long again, where the
 *     body can wait by the clock and the store finds so few bytes worth a piece
 * @param listener is given the upload as it was recorded; called on the request's thread, which
 *     takes no more bytes meanwhile. What it throws changes nothing
 */
public record Progress(long everyBytes, Duration every, Consumer<UploadSession> listener) {

  public Progress {
    if (everyBytes < 1 || every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("progress takes some bytes and some time");
    }
  }

  /** Tells {@code session}. */
  void tell(UploadSession session) {
    try {
      listener.accept(session);
    } catch (RuntimeException e) {
      // its bytes are recorded: whoever was to be told can ask
    }
  }
}
