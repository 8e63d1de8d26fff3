package dev.upload.http.body;

/**
 * How a sender keeps up. Only the time counts in which somebody waited for it: whom a slow disk
 * holds back is not slow.
 *
 * <p>A sender has credit for as long as the server is patient; waiting uses it up, and bytes bring
 * it back as fast as the minimum rate would. For one thread at a time; times are those of {@link
 * System#nanoTime()}.
 */
final class SenderPace {

  // since somebody last looked
  private long bytes;
  private long waited;

  private boolean waiting;
  private long waitingSince;
  private long credit = Long.MAX_VALUE;

  /** Somebody begins to wait for bytes. */
  void waits(long now) {
    waiting = true;
    waitingSince = now;
  }

  /** Nobody waits any more, or somebody is busy with what has come; tells whether one waited. */
  boolean waitsNoMore(long now) {
    boolean did = waiting;
    waited += did ? now - waitingSince : 0;
    waiting = false;
    return did;
  }

  void received(long count) {
    bytes += count;
  }

  /** Tells whether the sender has used up its credit. */
  boolean isTooSlow(MinimumRate rate, long now) {
    if (waitsNoMore(now)) {
      waits(now);
    }
    long most = rate.patience().toNanos();
    credit = Math.min(most, Math.min(most, credit) + rate.nanosFor(bytes)) - waited;
    bytes = 0;
    waited = 0;
    return credit < 0;
  }
}
