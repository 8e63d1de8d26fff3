package dev.upload.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few of the clients of which {@code mvn -Phostile -DskipTests verify} brings thousands. */
class HostileClientsIT {

  @TempDir Path directory;

  @Test
  void theyAreSentAwayAndLeaveNothingBehind() throws Exception {
    HostileRun.Outcome outcome = new HostileRun(300, 40, 1).in(directory);

    assertThat(outcome.broken()).isEmpty();
  }
}
