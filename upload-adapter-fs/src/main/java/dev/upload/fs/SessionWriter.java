package dev.upload.fs;

import dev.upload.core.model.StorageUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one thread that changes the database. Everything that waits when it looks goes into one
 * transaction, so that concurrent callers share a commit and, where one is due, a force.
 *
 * <p>Callers wait until their transaction is committed, on any kind of thread. What one costs does
 * not depend on how many sessions there are.
 */
final class SessionWriter implements AutoCloseable {

  private static final int MAX_BATCH = 512;

  private final SessionTransactions database;
  private final boolean forceAlways;
  private final Outcomes outcomes;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Waiting end = Waiting.on(new Mutation.Booted(""));
  private final AtomicLong transactions = new AtomicLong();
  private final Thread thread;
  private volatile boolean ended;

  /**
   * @param durability says whether every commit is forced
   */
  SessionWriter(SessionDatabase database, Durability durability, Outcomes outcomes)
      throws SQLException {
    this.database = new SessionTransactions(database);
    this.forceAlways = durability == Durability.ACKNOWLEDGED;
    this.outcomes = outcomes;
    this.thread = Thread.ofPlatform().name("upload-sessions").daemon().unstarted(this::run);
  }

  /** Begins to take mutations. */
  void start() {
    thread.start();
  }

  /** Is told on the writer's thread how a transaction ended, before any of its callers goes on. */
  interface Outcomes {

    /** {@code changed} is what took effect, in order. */
    void committed(List<Mutation> changed);

    /** Nobody knows whether {@code mutations} took effect. */
    void uncertain(List<Mutation> mutations);
  }

  private record Waiting(Mutation mutation, CompletableFuture<Boolean> outcome) {
    static Waiting on(Mutation mutation) {
      return new Waiting(mutation, new CompletableFuture<>());
    }
  }

  /**
   * Applies {@code mutation}, and returns whether it changed anything once that is committed.
   *
   * @throws StorageUnavailableException if the outcome is not known
   */
  boolean apply(Mutation mutation) {
    return outcome(queued(mutation));
  }

  /**
   * Applies {@code mutations}, together as far as they fit into one transaction.
   *
   * @throws StorageUnavailableException if the outcome of any is not known
   */
  void applyAll(List<? extends Mutation> mutations) {
    List<Waiting> waiting = mutations.stream().map(this::queued).toList();
    waiting.forEach(SessionWriter::outcome);
  }

  private Waiting queued(Mutation mutation) {
    Waiting waiting = Waiting.on(mutation);
    queue.add(waiting);
    if (ended) {
      failWaiting();
    }
    return waiting;
  }

  private static boolean outcome(Waiting waiting) {
    try {
      return waiting.outcome.join();
    } catch (CompletionException e) {
      throw new StorageUnavailableException("could not record a session", e);
    }
  }

  /** Returns how many transactions were committed. */
  long transactions() {
    return transactions.get();
  }

  /** Begins a new log of the database before anything else is committed. Any thread may ask. */
  void doubtLog() {
    database.doubtLog();
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>();
    try {
      boolean more = true;
      while (more) {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch, MAX_BATCH - 1);
        more = !batch.remove(end);
        commit(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does that: the thread is ours
    } finally {
      ended = true;
      fail(batch, closed());
      failWaiting();
    }
  }

  private void commit(List<Waiting> batch) {
    List<Mutation> mutations = batch.stream().map(Waiting::mutation).toList();
    try {
      boolean forced = forceAlways || mutations.stream().anyMatch(Mutation::mustBeForced);
      boolean[] results = database.apply(mutations, forced);
      List<Mutation> changed = new ArrayList<>(batch.size());
      for (int i = 0; i < results.length; i++) {
        if (results[i]) {
          changed.add(mutations.get(i));
        }
      }
      transactions.incrementAndGet();
      outcomes.committed(changed);
      for (int i = 0; i < results.length; i++) {
        batch.get(i).outcome.complete(results[i]);
      }
    } catch (SQLException | RuntimeException | Error e) { // the thread goes on whatever happens
      outcomes.uncertain(mutations);
      fail(batch, e);
    }
  }

  private void failWaiting() {
    List<Waiting> late = new ArrayList<>();
    queue.drainTo(late);
    fail(late, closed());
  }

  private static void fail(List<Waiting> batch, Throwable cause) {
    batch.forEach(waiting -> waiting.outcome.completeExceptionally(cause));
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the sessions are closed");
  }

  /** Commits what waits, and ends the thread. */
  @Override
  public void close() throws SQLException, InterruptedException {
    queue.add(end);
    thread.join();
    database.close();
  }
}
