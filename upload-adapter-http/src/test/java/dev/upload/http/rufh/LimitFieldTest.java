package dev.upload.http.rufh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Sessions;
import dev.upload.http.UploadExpiry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LimitFieldTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final LimitField field =
      new LimitField(new UploadExpiry(Duration.ofMinutes(1)), () -> NOW);

  @Test
  void whatIsUnlimitedIsSaidToHaveNoLeast() {
    UploadSession complete = Sessions.open(Sessions.declared(5)).completed(StoreNotes.NONE, NOW);

    assertThat(field.of(Interop.V9, UploadLimits.NONE, complete)).contains("min-size=0");
  }

  @Test
  void aMostThatHasTooManyDigitsIsNone() {
    UploadLimits limits = new UploadLimits(1_000_000_000_000_000L, 1, 999_999_999_999_999L, 1);

    assertThat(field.ofNew(Interop.V9, limits))
        .contains("max-append-size=999999999999999, max-age=60");
  }
}
