package dev.upload.core.testing;

import dev.upload.core.port.ResumableDigests;

class RememberingDigestsTest extends ResumableDigestsContract {

  @Override
  protected ResumableDigests digests() {
    return new RememberingDigests();
  }
}
