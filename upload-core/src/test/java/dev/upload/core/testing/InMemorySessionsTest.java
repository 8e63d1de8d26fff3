package dev.upload.core.testing;

import dev.upload.core.port.SessionRepository;

class InMemorySessionsTest extends SessionRepositoryContract {

  private final InMemorySessions sessions = new InMemorySessions();

  @Override
  protected SessionRepository sessions() {
    return sessions;
  }
}
