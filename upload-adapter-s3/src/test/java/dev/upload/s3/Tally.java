package dev.upload.s3;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Figures of a run, each under a name that says what was counted. */
final class Tally {

  private final Map<String, Long> figures = new TreeMap<>();

  void count(String figure) {
    count(figure, 1);
  }

  synchronized void count(String figure, long more) {
    figures.merge(figure, more, Long::sum);
  }

  synchronized long of(String figure) {
    return figures.getOrDefault(figure, 0L);
  }

  @Override
  public synchronized String toString() {
    return figures.entrySet().stream()
        .map(figure -> "%,14d  %s".formatted(figure.getValue(), figure.getKey()))
        .collect(Collectors.joining("\n"));
  }
}
