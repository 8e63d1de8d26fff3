package dev.upload.core.port;

import dev.upload.core.model.DigestAlgorithm;
import java.util.Set;

/**
 * Calculates digests that survive this process: what has gone into one can be written down as a few
 * hundred bytes.
 */
public interface ResumableDigests {

  /** Returns what it can calculate. */
  Set<DigestAlgorithm> algorithms();

  /** Begins a digest by one of {@link #algorithms()}. */
  ResumableDigest begin(DigestAlgorithm algorithm);

  /**
   * Goes on with a digest.
   *
   * @param state what {@link ResumableDigest#state()} returned, perhaps of an earlier version
   * @throws IllegalArgumentException if that cannot be gone on with
   */
  ResumableDigest resume(DigestAlgorithm algorithm, byte[] state);
}
