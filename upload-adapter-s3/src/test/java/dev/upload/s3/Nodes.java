package dev.upload.s3;

import dev.upload.core.BatchOutcome;
import dev.upload.core.Uploads;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.testing.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Servers that share nothing but a bucket, and the same one at a later time. */
final class Nodes implements AutoCloseable {

  /** The test's declarations are of that time. */
  private final Duration back = Duration.between(Instant.now(), Sessions.START);

  private final List<Opened> opened = new ArrayList<>();
  private final List<Uploads> nodes = new ArrayList<>();
  private final List<UploadSession> completed = new CopyOnWriteArrayList<>();
  private final Uploads later;

  /** Its clock is a month ahead, and its wire is sound. */
  private final Uploads muchLater;

  /**
   * @param faulty how nodes reach the bucket, one each
   * @param calm how they reach it when nothing fails
   */
  Nodes(List<S3Config> faulty, S3Config calm) {
    for (S3Config config : faulty) {
      nodes.add(over(open(config), Duration.ZERO));
    }
    Opened direct = open(calm);
    later = over(direct, Duration.ofHours(2));
    muchLater = over(direct, Duration.ofDays(30));
  }

  private Opened open(S3Config config) {
    Opened one = Opened.on(config);
    opened.add(one);
    return one;
  }

  private Uploads over(Opened bucket, Duration ahead) {
    return Uploads.over(bucket.impatientStore(), bucket.sessions())
        .clock(clock(ahead))
        .events(this::happened)
        .build();
  }

  private InstantSource clock(Duration ahead) {
    return () -> Instant.now().plus(back).plus(ahead);
  }

  private void happened(UploadEvent event) {
    if (event instanceof UploadEvent.Completed done) {
      completed.add(done.session());
    }
  }

  /** Returns the time of those that clients meet. */
  Instant now() {
    return clock(Duration.ZERO).instant();
  }

  Uploads any(Random random) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  /** A node whose clock is two hours ahead, and whose wire is sound. */
  Uploads later() {
    return later;
  }

  /** Finishes what was cut off, and has every node look for what nobody goes on with. */
  BatchOutcome purge() {
    nodes.forEach(node -> node.purgeExpired(Duration.ofDays(1)));
    muchLater.finishInterrupted();
    return muchLater.purgeExpired(Duration.ofDays(1));
  }

  /** Returns what is complete for whoever asks. */
  List<UploadSession> recordedAsComplete() {
    return opened
        .getLast()
        .sessions()
        .untouchedSince(UploadState.COMPLETE, Instant.MAX, Integer.MAX_VALUE);
  }

  /** Has a node look for what can be forgotten that was deleted two days ago. */
  void forgetDeleted() {
    Instant inTwoDays = Instant.now().plus(Duration.ofDays(2));
    Opened last = opened.getLast();
    last.sessions(Retention.standard(() -> new Moment(inTwoDays, System.nanoTime())))
        .untouchedSince(UploadState.OPEN, Sessions.START, 1);
    last.impatientStore().freeStrays();
  }

  /** Returns what was announced as complete. */
  List<UploadSession> completed() {
    return List.copyOf(completed);
  }

  /** Tells whether no piece of any chunk is held back any more. */
  boolean holdNothing() {
    return opened.stream()
        .allMatch(
            node ->
                node.stages().freeMemoryBytes() == node.config().bufferBytes()
                    && node.stages().freeSpoolBytes() == node.config().spoolBytes());
  }

  @Override
  public void close() {
    opened.forEach(node -> node.client().close());
  }
}
