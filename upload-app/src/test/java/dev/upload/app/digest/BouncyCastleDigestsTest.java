package dev.upload.app.digest;

import dev.upload.core.port.ResumableDigests;
import dev.upload.core.testing.ResumableDigestsContract;

class BouncyCastleDigestsTest extends ResumableDigestsContract {

  @Override
  protected ResumableDigests digests() {
    return new BouncyCastleDigests();
  }
}
