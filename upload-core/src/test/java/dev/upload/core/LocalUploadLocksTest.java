package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.port.UploadLocks;
import dev.upload.core.testing.Sessions;
import dev.upload.core.testing.UploadLocksContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalUploadLocksTest extends UploadLocksContract {

  @Override
  protected UploadLocks locks(Duration maxWait) {
    return new LocalUploadLocks(maxWait);
  }

  @Test
  void nothingIsRememberedOfUploadsThatNobodyIsAtAnyMore() {
    LocalUploadLocks locks = new LocalUploadLocks(Duration.ZERO);
    UploadId id = Sessions.newId();

    locks.inTurn(
        id,
        () -> {
          takenOver(locks, id).close();
          locks.inTurn(id, () -> takenOver(locks, id)).close();
          assertThatThrownBy(() -> takenOver(locks, id))
              .isInstanceOf(UploadRejectedException.class);
          assertThat(locks.known()).isEqualTo(1);
          return true;
        });

    assertThat(locks.known()).isZero();
  }

  private static UploadLocks.Lease takenOver(UploadLocks locks, UploadId id) {
    return locks.acquire(id, ByteRange.EVERYTHING, UploadLocks.Takeover.AT_ONCE, Unyielding.HOLDER);
  }
}
