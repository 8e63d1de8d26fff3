package dev.upload.app.wiring;

import dev.upload.core.port.ChunkStore;
import dev.upload.core.port.SessionRepository;

/**
 * The store that was chosen, opened.
 *
 * @param description where finished files go, for a person to read
 * @param resource closed when the server stops
 */
public record Storage(
    ChunkStore store, SessionRepository sessions, String description, AutoCloseable resource)
    implements AutoCloseable {

  @Override
  public void close() throws Exception {
    resource.close();
  }
}
