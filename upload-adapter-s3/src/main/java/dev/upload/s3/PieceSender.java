package dev.upload.s3;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Sends one piece while the next one is being filled: a long body is not held up by the store's
 * answers. Pieces are sent one after the other, in order. For one thread.
 */
final class PieceSender {

  private final ChunkSink.PieceConsumer consumer;
  private CompletableFuture<Void> underway = CompletableFuture.completedFuture(null);

  PieceSender(ChunkSink.PieceConsumer consumer) {
    this.consumer = consumer;
  }

  /**
   * Begins to send {@code piece}, which is closed afterwards, when the one before it is through.
   */
  void begin(long offset, Stage piece) {
    boolean begun = false;
    try {
      await();
      underway =
          CompletableFuture.runAsync(() -> deliver(offset, piece), Thread::startVirtualThread);
      begun = true;
    } finally {
      if (!begun) {
        piece.close();
      }
    }
  }

  /** Sends {@code piece}, and closes it. */
  void send(long offset, Stage piece) {
    try (piece) {
      await();
      consumer.accept(offset, piece);
    }
  }

  private void deliver(long offset, Stage piece) {
    try (piece) {
      consumer.accept(offset, piece);
    }
  }

  /** Waits until nothing is under way, and throws what the consumer threw. */
  void await() {
    CompletableFuture<Void> last = underway;
    underway = CompletableFuture.completedFuture(null);
    try {
      last.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw e;
    }
  }

  /** Waits until nothing is under way, whatever became of it. */
  void abandon() {
    underway.exceptionally(fault -> null).join();
  }
}
