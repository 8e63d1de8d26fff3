package dev.upload.core;

import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.port.ChunkBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A body of which either everything counts or nothing: its bytes pass through, and if they are not
 * the ones that were announced, or not all of them came, the transfer is refused at its end.
 */
public final class DigestedBody implements ChunkBody {

  private final ChunkBody body;
  private final List<DigestCalculation> calculations;
  private final Supplier<List<Digest>> expected;

  /**
   * Checks {@code body}.
   *
   * @param algorithms that the digest may be of: each one costs its own work
   * @param expected the digests that all have to be right, asked for once, after the last byte, as
   *     they may come behind it
   */
  public DigestedBody(
      ChunkBody body, Set<DigestAlgorithm> algorithms, Supplier<List<Digest>> expected) {
    this.body = body;
    this.calculations = algorithms.stream().map(DigestCalculation::of).toList();
    this.expected = expected;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UploadRejectedException with {@code DigestMismatch}, or with {@code Interrupted} where
   *     the body ended early
   */
  @Override
  public long transferTo(WritableByteChannel sink) throws IOException {
    long count = body.transferTo(new DigestingChannel(sink, this::calculate));
    if (body.truncated()) {
      throw new UploadRejectedException(new Rejection.Interrupted(count + 1, count));
    }
    List<Digest> made = calculations.stream().map(DigestCalculation::digest).toList();
    for (Digest announced : expected.get()) {
      if (!made.contains(announced)) {
        throw new UploadRejectedException(new Rejection.DigestMismatch(announced.algorithm()));
      }
    }
    return count;
  }

  private void calculate(ByteBuffer bytes) {
    calculations.forEach(calculation -> calculation.update(bytes.duplicate()));
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
