package dev.upload.s3;

import dev.upload.core.port.SessionRepository;
import dev.upload.core.testing.SessionRepositoryContract;

class S3SessionsTest extends SessionRepositoryContract {

  private final S3Sessions sessions =
      Opened.on(EmbeddedS3.shared().newBucket().prefix("some/where").build()).sessions();

  @Override
  protected SessionRepository sessions() {
    return sessions;
  }
}
