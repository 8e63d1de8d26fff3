package dev.upload.app.kills;

import dev.upload.app.e2e.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;

/**
 * A file on its way to the server by one protocol, over as many of its lives as it takes. Knows
 * what was acknowledged. For one thread at a time.
 *
 * <p>To add a protocol, extend this and name it in {@link Dialect}.
 */
abstract class Transfer {

  private final Sample file;
  private boolean begun;
  private boolean removalTried;

  Transfer(Sample file) {
    this.file = file;
  }

  final Sample file() {
    return file;
  }

  /**
   * Sends the file until the server says that it has all of it. After an exception it is called
   * again with the next life, and goes on as the protocol's clients do: it asks first.
   *
   * @throws IOException if the app was killed
   */
  final void run(Wire wire) throws IOException, InterruptedException {
    if (begun) {
      wire.ledger().resumed.increment();
      ask(wire);
    }
    begun = true;
    while (!isWhole() && !Thread.currentThread().isInterrupted()) {
      sendNext(wire);
    }
  }

  /**
   * Downloads the finished file, which may have been there for many lives, and deletes it.
   *
   * @throws IOException if the app was killed
   */
  final void remove(Wire wire) throws IOException, InterruptedException {
    boolean triedBefore = removalTried;
    if (!triedBefore) {
      wire.verify(id(), file());
    }
    removalTried = true;
    int status = wire.remove(id());
    if (status != 204 && !(status == 404 && triedBefore)) {
      throw new UnexpectedAnswerException("DELETE of " + this + ": " + status);
    }
    wire.ledger().removed.increment();
  }

  /** Asks the server what it has; what it lacks although it acknowledged it is lost. */
  abstract void ask(Wire wire) throws IOException, InterruptedException;

  /** Sends what the server lacks next. */
  abstract void sendNext(Wire wire) throws IOException, InterruptedException;

  abstract boolean isWhole();

  /** Returns the id under which the finished file is found. */
  abstract String id();

  /** Notes an answer that nobody expects, and ends this life's part of the transfer. */
  final UnexpectedAnswerException unexpected(String request, HttpResponse<String> answer) {
    return new UnexpectedAnswerException(
        "%s of %s: %d %s"
            .formatted(request, this, answer.statusCode(), answer.body().replace('\n', ' ')));
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + " " + file;
  }
}
