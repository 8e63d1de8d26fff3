package dev.upload.core;

import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.DigestProgress;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ResumableDigest;
import dev.upload.core.port.ResumableDigests;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calculates digests of wholes whose bytes come in their order: how far it has come is recorded
 * with the bytes, and no byte is read again.
 */
final class WholeDigesting {

  private final ResumableDigests digests;

  WholeDigesting(ResumableDigests digests) {
    this.digests = digests;
  }

  /** Returns by which algorithms there are digests. */
  Set<DigestAlgorithm> algorithms() {
    return digests.algorithms();
  }

  /**
   * Returns {@code declaration} as it can be held to: what is only wanted may stay undone.
   *
   * @throws UploadRejectedException if a digest is expected that nobody can calculate
   */
  UploadDeclaration admitted(UploadDeclaration declaration) {
    if (declaration.digests().algorithms().isEmpty()) {
      return declaration;
    }
    for (Digest expected : declaration.digests().expected()) {
      if (!algorithms().contains(expected.algorithm())) {
        throw new UploadRejectedException(
            new Rejection.Inconsistent(
                "Repr-Digest", "%s is not calculated here".formatted(expected.algorithm())));
      }
    }
    return declaration.withDigests(declaration.digests().wantedOf(algorithms()));
  }

  /**
   * Goes on with the digests of {@code session}.
   *
   * @throws StorageUnavailableException with its bytes lost, if that is not possible any more
   */
  RunningDigests running(UploadSession session) {
    Set<DigestAlgorithm> asked = session.declaration().digests().algorithms();
    Map<DigestAlgorithm, ResumableDigest> running = new EnumMap<>(DigestAlgorithm.class);
    asked.forEach(algorithm -> running.put(algorithm, resumed(session, algorithm)));
    return new RunningDigests(session, running);
  }

  /** Returns the digests that {@code session} asked for, of all its bytes. */
  List<Digest> made(UploadSession session) {
    List<Digest> made = new ArrayList<>();
    for (DigestAlgorithm algorithm : session.declaration().digests().algorithms()) {
      made.add(resumed(session, algorithm).digest());
    }
    return made;
  }

  private ResumableDigest resumed(UploadSession session, DigestAlgorithm algorithm) {
    try {
      return session.offset() == 0
          ? digests.begin(algorithm)
          : digests.resume(algorithm, Base64.getDecoder().decode(state(session, algorithm)));
    } catch (IllegalArgumentException e) {
      throw StorageUnavailableException.lostForGood(
          session.id(),
          "could not go on with the %s digest of upload %s".formatted(algorithm, session.id()),
          e);
    }
  }

  private static String state(UploadSession session, DigestAlgorithm algorithm) {
    DigestProgress progress = session.digested();
    String state = progress.states().get(algorithm);
    if (state == null || progress.offset() != session.offset()) {
      throw new IllegalArgumentException(
          "it is of %d bytes, not of %d".formatted(progress.offset(), session.offset()));
    }
    return state;
  }

  /** Calculates nothing. */
  enum None implements ResumableDigests {
    NONE;

    @Override
    public Set<DigestAlgorithm> algorithms() {
      return Set.of();
    }

    @Override
    public ResumableDigest begin(DigestAlgorithm algorithm) {
      throw new IllegalArgumentException(algorithm + " is not calculated here");
    }

    @Override
    public ResumableDigest resume(DigestAlgorithm algorithm, byte[] state) {
      return begin(algorithm);
    }
  }
}
