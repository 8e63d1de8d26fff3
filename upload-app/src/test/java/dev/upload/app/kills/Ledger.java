package dev.upload.app.kills;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens in a run, and keeps every promise that was broken. Safe for concurrent use.
 */
final class Ledger {

  private static final int SERVER_ERRORS = 500;

  final LongAdder requests = new LongAdder();
  final LongAdder cutRequests = new LongAdder();
  final LongAdder acknowledgedBytes = new LongAdder();
  final LongAdder lostBytes = new LongAdder();
  final LongAdder resumed = new LongAdder();
  final LongAdder finished = new LongAdder();
  final LongAdder verified = new LongAdder();
  final LongAdder removed = new LongAdder();

  private final SortedMap<String, LongAdder> kills = new ConcurrentSkipListMap<>();
  private final SortedMap<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();

  /** Notes that the app was killed at such a moment. */
  void killed(String moment) {
    kills.computeIfAbsent(moment, _ -> new LongAdder()).increment();
  }

  /** Notes the status of an answer. */
  void answered(int status) {
    statuses.computeIfAbsent(status, _ -> new LongAdder()).increment();
  }

  /** Notes that bytes are asked for again that were acknowledged. */
  void lost(long bytes, String what) {
    lostBytes.add(bytes);
    broken(bytes + " acknowledged bytes lost of " + what);
  }

  /** Notes that something was not as it was promised. */
  void broken(String promise) {
    broken.add(promise);
  }

  List<String> broken() {
    return List.copyOf(broken);
  }

  long kills() {
    return kills.values().stream().mapToLong(LongAdder::sum).sum();
  }

  long serverErrors() {
    return statuses.entrySet().stream()
        .filter(entry -> entry.getKey() >= SERVER_ERRORS)
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  /** Returns how often the app was killed at which kind of moment. */
  SortedMap<String, Long> killsByMoment() {
    return sums(kills);
  }

  SortedMap<Integer, Long> statuses() {
    return sums(statuses);
  }

  private static <K extends Comparable<K>> SortedMap<K, Long> sums(SortedMap<K, LongAdder> adders) {
    SortedMap<K, Long> sums = new TreeMap<>();
    adders.forEach((key, adder) -> sums.put(key, adder.sum()));
    return sums;
  }
}
