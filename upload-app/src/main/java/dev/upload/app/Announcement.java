package dev.upload.app;

import dev.upload.app.wiring.Storage;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;

/** Says on standard output that the server is ready, where its page is and where files go. */
@Singleton
final class Announcement {

  private final Storage storage;

  Announcement(Storage storage) {
    this.storage = storage;
  }

  @EventListener
  void ready(ServerStartupEvent started) {
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.printf(
        "Ready at %s after %.2f s; finished files go to %s%n",
        started.getSource().getURL(), millis / 1000.0, storage.description());
  }
}
