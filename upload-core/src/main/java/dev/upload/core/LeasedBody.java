package dev.upload.core;

import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.UploadLocks;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/**
 * A chunk's body under a lease: bounded, watched for progress, and cut when a newcomer takes the
 * lease over.
 */
final class LeasedBody implements ChunkBody, UploadLocks.Holder {

  /** After this long without a byte a sender may be given up for another one. */
  static final Duration STALLED_AFTER = Duration.ofSeconds(10);

  private final ChunkBody body;
  private final long maxBytes;
  private volatile long lastProgressNanos = System.nanoTime();

  /**
   * @param maxBytes a longer body is refused before its surplus reaches the store
   */
  LeasedBody(ChunkBody body, long maxBytes) {
    this.body = body;
    this.maxBytes = maxBytes;
  }

  @Override
  public long transferTo(WritableByteChannel sink) throws IOException {
    return body.transferTo(new BoundedChannel(sink, maxBytes, this::progressed));
  }

  private void progressed() {
    lastProgressNanos = System.nanoTime();
  }

  @Override
  public boolean truncated() {
    return body.truncated();
  }

  @Override
  public boolean stalled() {
    return System.nanoTime() - lastProgressNanos > STALLED_AFTER.toNanos();
  }

  @Override
  public void cut() {
    body.cut();
  }
}
