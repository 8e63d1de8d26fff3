package dev.upload.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Finds out at start whether the bucket can be used, and whether of several writers who create the
 * same object only if it is absent exactly one succeeds. Writers <em>race</em> for that: stores
 * that fail do so only then.
 */
final class S3Probe {

  private static final int ROUNDS = 12;
  private static final int WRITERS = 8;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_IMPLEMENTED = 501;

  private final S3Bucket bucket;
  private final String prefix;
  private final String place;

  /**
   * @param place where the bucket is, for messages
   */
  S3Probe(S3Bucket bucket, S3Keys keys, String place) {
    this.bucket = bucket;
    this.place = place;
    prefix = keys.sessions() + "probe/" + Tokens.next() + "/";
  }

  /**
   * Returns if all is well, leaving nothing behind.
   *
   * @throws UnusableStoreException if it is not
   */
  void run() {
    try {
      bucket.first(prefix, 1);
      race();
    } catch (SdkException e) {
      throw new UnusableStoreException(explained(e), e);
    }
  }

  private void race() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        int winners = winners(threads, prefix + round);
        if (winners != 1) {
          throw new UnusableStoreException(
              ("%s cannot keep session records: of %d writers who each created the same object only"
                   + " if it was absent (If-None-Match: *), %d were told that they had, instead of"
                   + " one. Use another store for the records, or run one node with local records")
                  .formatted(place, WRITERS, winners));
        }
      }
    } finally {
      bucket.deleteAll(prefix);
    }
  }

  private int winners(ExecutorService threads, String key) {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Future<Boolean>> outcomes = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      Content content =
          Content.of(Tokens.next().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      outcomes.add(threads.submit(racer(start, key, content)));
    }
    int winners = 0;
    for (Future<Boolean> outcome : outcomes) {
      if (result(outcome)) {
        winners++;
      }
    }
    return winners;
  }

  /** Losers are told 412, 409 or, by some stores, 500; anything else is no race lost. */
  private Callable<Boolean> racer(CyclicBarrier start, String key, Content content) {
    return () -> {
      start.await();
      try {
        bucket.putIfAbsent(key, content);
        return true;
      } catch (S3Exception e) {
        if (e.statusCode() == 409 || e.statusCode() == 412 || e.statusCode() == 500) {
          return false;
        }
        throw e;
      }
    };
  }

  private boolean result(Future<Boolean> outcome) {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SdkException fault) {
        throw fault;
      }
      throw new UnusableStoreException("could not try out " + place, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableStoreException("interrupted while trying out " + place, e);
    }
  }

  private String explained(SdkException e) {
    String reason =
        switch (e) {
          case NoSuchBucketException missing -> "there is no such bucket";
          case S3Exception s3 when s3.statusCode() == NOT_FOUND -> "there is no such bucket";
          case S3Exception s3 when s3.statusCode() == FORBIDDEN ->
              "the credentials are wrong or may not list, read, write and delete objects there";
          case S3Exception s3 when s3.statusCode() == NOT_IMPLEMENTED ->
              "the store does not know conditional writes (If-None-Match), which session records"
                  + " need";
          case S3Exception s3 -> "the store answered with status " + s3.statusCode();
          case SdkClientException client ->
              "the store cannot be reached, or there are no credentials";
          default -> "the store cannot be used";
        };
    return "%s: %s (%s)".formatted(place, reason, e.getMessage());
  }
}
