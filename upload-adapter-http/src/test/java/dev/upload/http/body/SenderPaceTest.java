package dev.upload.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SenderPaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final MinimumRate rate = new MinimumRate(1_000, Duration.ofSeconds(10));
  private final SenderPace pace = new SenderPace();

  @Test
  void whoStandsStillHasAsLongAsTheServerIsPatient() {
    pace.waits(0);

    assertThat(pace.isTooSlow(rate, 10 * SECOND)).isFalse();
    assertThat(pace.isTooSlow(rate, 10 * SECOND + 1)).isTrue();
  }

  @Test
  void whoIsSlowerThanTheRateIsFoundSoonerOrLater() {
    pace.waits(0);
    int second = 0;
    do {
      second++;
      pace.received(500);
    } while (!pace.isTooSlow(rate, second * SECOND) && second < 100);

    assertThat(second).isEqualTo(20);
  }

  @Test
  void whoKeepsToTheRateIsNeverFound() {
    pace.waits(0);
    for (int second = 1; second < 10_000; second++) {
      pace.received(1_000);

      assertThat(pace.isTooSlow(rate, second * SECOND)).isFalse();
    }
  }

  @Test
  void whoWasFastHasNoMoreThanThePatienceInHand() {
    pace.received(Long.MAX_VALUE / 2);
    assertThat(pace.isTooSlow(rate, 0)).isFalse();

    pace.waits(0);

    assertThat(pace.isTooSlow(rate, 11 * SECOND)).isTrue();
  }

  @Test
  void timeInWhichNobodyWaitsDoesNotCount() {
    pace.waits(0);
    pace.waitsNoMore(SECOND);

    assertThat(pace.isTooSlow(rate, 1_000 * SECOND)).isFalse();
  }
}
