package dev.upload.app.hostile;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many strangers at once, of whom each does the same. */
record Crowd(URI address) {

  /** What one of them does; returns the status that it sees, or 0 for none. */
  @FunctionalInterface
  interface Mischief {
    int with(Stranger stranger, int number) throws Exception;
  }

  /** Returns how often each status was seen. */
  Map<Integer, Integer> all(int count, Mischief mischief) throws Exception {
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> seen = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        seen.add(
            threads.submit(
                () -> {
                  try (Stranger stranger = new Stranger(address)) {
                    return mischief.with(stranger, number);
                  }
                }));
      }
      for (Future<Integer> one : seen) {
        statuses.merge(one.get(), 1, Integer::sum);
      }
    }
    return statuses;
  }
}
