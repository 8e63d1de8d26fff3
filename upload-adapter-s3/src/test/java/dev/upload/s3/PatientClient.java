package dev.upload.s3;

import dev.upload.core.Uploads;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Bytes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Uploads one file, and goes on through faults as the clients of a protocol do: what was answered
 * with a fault is repeated, an upload that is gone is begun anew. Holds the server to its word
 * meanwhile.
 */
abstract class PatientClient {

  private static final int MOST_ATTEMPTS = 400;
  private static final int BETWEEN_LATER_LOOKS = 25;
  private static final int MOST_BEGINNINGS = 20;

  private final Nodes nodes;
  private final Random random;
  private final Tally tally;
  private final byte[] whole;
  private final Set<UploadId> begun = ConcurrentHashMap.newKeySet();
  private final Queue<String> gone = new ConcurrentLinkedQueue<>();
  private volatile boolean cancelled;

  /** The server says that the upload is not there any more. */
  static final class GoneException extends Exception {
    private static final long serialVersionUID = 1;

    GoneException(Rejection rejection) {
      super(rejection.detail());
    }
  }

  /** The client goes away in the middle. */
  static final class VanishedException extends Exception {
    private static final long serialVersionUID = 1;
  }

  PatientClient(Nodes nodes, Tally tally, int length, long seed) {
    this.nodes = nodes;
    this.tally = tally;
    random = new Random(seed);
    whole = Bytes.random(length, seed);
  }

  /** Uploads everything to an upload that is begun anew, and returns it as it was answered last. */
  abstract UploadSession uploadOnce() throws GoneException, VanishedException;

  /** Returns the finished upload; empty if the client went away. */
  final Optional<UploadSession> run() {
    for (int beginning = 1; beginning <= MOST_BEGINNINGS; beginning++) {
      try {
        UploadSession session = uploadOnce();
        require(session.state() == UploadState.COMPLETE, "every byte was taken, but " + session);
        return Optional.of(session);
      } catch (VanishedException e) {
        tally.count("uploads whose client went away");
        return Optional.empty();
      } catch (GoneException e) {
        if (cancelled) {
          return Optional.empty();
        }
        tally.count("uploads that were said to be gone, and begun anew");
      }
    }
    throw new AssertionError("gone " + MOST_BEGINNINGS + " times");
  }

  /** Returns what was said to be gone, though this client has not cancelled it. */
  final Collection<String> gone() {
    return cancelled ? List.of() : List.copyOf(gone);
  }

  /** Returns the uploads that were begun. */
  final Set<UploadId> begun() {
    return Set.copyOf(begun);
  }

  final byte[] whole() {
    return whole;
  }

  final Nodes nodes() {
    return nodes;
  }

  final Tally tally() {
    return tally;
  }

  final synchronized int random(int bound) {
    return random.nextInt(bound);
  }

  /** Goes away now and then, and has what it leaves cancelled or not. */
  final void vanishAtTimes(UploadId id) throws VanishedException {
    if (random(60) > 0) {
      return;
    }
    if (random(2) == 0) {
      cancelled = true;
      try {
        patiently(id, node -> removed(node, id));
        tally.count("uploads that were cancelled");
      } catch (GoneException e) {
        tally.count("uploads that were cancelled twice");
      }
    }
    throw new VanishedException();
  }

  private static boolean removed(Uploads node, UploadId id) {
    node.remove(id);
    return true;
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /** Returns {@code declared} as of now. */
  final UploadDeclaration now(UploadDeclaration declared) {
    return new UploadDeclaration(
        declared.id(),
        declared.owner(),
        declared.policy(),
        declared.length(),
        declared.metadata(),
        declared.destination(),
        nodes.now());
  }

  /** Repeats {@code step}, on any node, until it is answered without a fault. */
  final <T> T patiently(UploadId id, Function<Uploads, T> step) throws GoneException {
    begun.add(id);
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      try {
        return step.apply(node(attempt));
      } catch (StorageUnavailableException e) {
        tally.count(e.bytesLost() ? "answers that bytes are lost" : "answers 503");
      } catch (UploadRejectedException e) {
        requireRepeatable(id, e);
      }
      pause();
    }
    throw new AssertionError("upload %s: %d faults in a row".formatted(id, MOST_ATTEMPTS));
  }

  /** Who is put off for long looks again after two hours. */
  private Uploads node(int attempt) {
    if (attempt % BETWEEN_LATER_LOOKS == 0) {
      return nodes.later();
    }
    synchronized (this) {
      return nodes.any(random);
    }
  }

  private void requireRepeatable(UploadId id, UploadRejectedException e) throws GoneException {
    Rejection rejection = e.rejection();
    if (rejection instanceof Rejection.Gone || rejection instanceof Rejection.UnknownUpload) {
      gone.add("%s by %s: %s".formatted(id, getClass().getSimpleName(), rejection));
      throw new GoneException(rejection);
    }
    if (!(rejection instanceof Rejection.Busy || rejection instanceof Rejection.Interrupted)) {
      throw e;
    }
    tally.count("answers that another request is at it");
  }

  /** Returns the upload, finished if that was left to whoever asks. */
  final UploadSession described(UploadId id) throws GoneException {
    return patiently(id, node -> node.describe(id).orElseThrow(PatientClient::unknown));
  }

  static UploadRejectedException unknown() {
    return new UploadRejectedException(new Rejection.UnknownUpload());
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
