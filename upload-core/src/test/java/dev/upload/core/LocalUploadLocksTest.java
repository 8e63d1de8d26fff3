package dev.upload.core;

import dev.upload.core.port.UploadLocks;
import dev.upload.core.testing.UploadLocksContract;
import java.time.Duration;

class LocalUploadLocksTest extends UploadLocksContract {

  @Override
  protected UploadLocks locks(Duration maxWait) {
    return new LocalUploadLocks(maxWait);
  }
}
