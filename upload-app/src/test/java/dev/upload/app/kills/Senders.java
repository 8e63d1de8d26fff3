package dev.upload.app.kills;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Clients that go on with what is begun, begin anew, and delete, as long as the app lives. */
final class Senders {

  private static final int SIMULTANEOUS = 4;
  private static final long MAX_MINUTES = 5;

  private final Wire wire;
  private final Cargo cargo;
  private final Ledger ledger;
  private final BooleanSupplier over;

  /**
   * @param over tells whether the app was killed, or is about to be
   */
  Senders(Wire wire, Cargo cargo, BooleanSupplier over) {
    this.wire = wire;
    this.cargo = cargo;
    this.ledger = wire.ledger();
    this.over = over;
  }

  /** Sends files, new ones too, until the app is killed. */
  void runUntilKilled() throws InterruptedException {
    simultaneously(
        () -> {
          boolean alive = true;
          while (alive && !over.getAsBoolean()) {
            alive = send(cargo.next()) && removeDoomed();
          }
        });
  }

  /** Finishes what is begun, and deletes what is finished. */
  void finishAll() throws InterruptedException {
    simultaneously(
        () -> {
          for (Optional<Transfer> next = cargo.nextBegun();
              next.isPresent() && send(next.get());
              next = cargo.nextBegun()) {
            // sent
          }
        });
    cargo.doomAll();
    simultaneously(() -> removeDoomed());
  }

  private void simultaneously(Runnable work) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(SIMULTANEOUS)) {
      for (int i = 0; i < SIMULTANEOUS; i++) {
        threads.execute(work);
      }
      threads.shutdown();
      if (!threads.awaitTermination(MAX_MINUTES, TimeUnit.MINUTES)) {
        ledger.broken("clients still wait after %d minutes".formatted(MAX_MINUTES));
        threads.shutdownNow();
      }
    }
  }

  /** Returns whether the app goes on. */
  private boolean send(Transfer transfer) {
    return attempt(
        transfer,
        () -> {
          transfer.run(wire);
          wire.verify(transfer.id(), transfer.file());
          ledger.finished.increment();
          cargo.finished(transfer);
        },
        () -> cargo.interrupted(transfer));
  }

  private boolean removeDoomed() {
    boolean alive = true;
    Optional<Transfer> doomed = cargo.nextDoomed();
    while (alive && doomed.isPresent()) {
      Transfer transfer = doomed.get();
      alive = attempt(transfer, () -> transfer.remove(wire), () -> cargo.stillDoomed(transfer));
      doomed = alive ? cargo.nextDoomed() : Optional.empty();
    }
    return alive;
  }

  /** Returns whether the app goes on; what it answers wrongly is given up. */
  private boolean attempt(Transfer transfer, Exchange exchange, Runnable whenKilled) {
    try {
      exchange.run();
      return true;
    } catch (UnexpectedAnswerException e) {
      ledger.broken(String.valueOf(e.getMessage()));
      return true;
    } catch (IOException e) {
      whenKilled.run();
      if (!over.getAsBoolean()) {
        ledger.broken("no answer to %s although nobody killed the app: %s".formatted(transfer, e));
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      whenKilled.run();
      return false;
    }
  }

  /** Some requests and their answers. */
  @FunctionalInterface
  private interface Exchange {
    void run() throws IOException, InterruptedException;
  }
}
