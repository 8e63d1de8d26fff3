package dev.upload.app.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few of the kills of which {@code mvn -Pkill -DskipTests verify} makes hundreds. */
class KillsIT {

  private static final int KILLS = 8;

  @TempDir Path directory;

  @Test
  void nothingThatWasAcknowledgedIsLost() throws Exception {
    Figures figures = new KillRun(KILLS, System.currentTimeMillis()).in(directory);

    System.out.println(figures);
    assertThat(figures.broken()).as(figures.toString()).isEmpty();
    assertThat(figures.ledger().kills()).isEqualTo(KILLS);
    assertThat(figures.ledger().acknowledgedBytes.sum()).isPositive();
    assertThat(figures.ledger().finished.sum()).isPositive();
    assertThat(figures.resources()).allMatch(Resources::isBack);
  }
}
