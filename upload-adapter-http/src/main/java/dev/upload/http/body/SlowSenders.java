package dev.upload.http.body;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts off clients that send slower than they may: what they sent counts, their connection and what
 * it holds are free again.
 */
@Singleton
final class SlowSenders {

  private static final Logger LOG = LoggerFactory.getLogger(SlowSenders.class);

  private final RunningBodies running;
  private final MinimumRate rate;

  SlowSenders(RunningBodies running, MinimumRate rate) {
    this.running = running;
    this.rate = rate;
  }

  @Scheduled(fixedDelay = "1s")
  void look() {
    int cut = rate.isWanted() ? running.cutSlow(rate) : 0;
    if (cut > 0) {
      LOG.info("{} bodies were cut off that came slower than {} B/s", cut, rate.minRate());
    }
  }
}
