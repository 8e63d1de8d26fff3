package dev.upload.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends over several connections at once, on a thread for each. */
final class Senders {

  private Senders() {}

  /** What one of the threads does. */
  interface Sender {

    /**
     * Sends, and returns how many chunks.
     *
     * @param number of the thread, from 0
     */
    int send(int number) throws IOException;
  }

  /** Returns when all of {@code threads} have sent. */
  static void run(int threads, Sender sender) throws IOException, InterruptedException {
    try (ExecutorService senders = Executors.newFixedThreadPool(threads)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        tasks.add(() -> sender.send(number));
      }
      for (Future<Integer> sent : senders.invokeAll(tasks)) {
        sent.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a sender failed", e);
    }
  }
}
