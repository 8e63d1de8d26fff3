package dev.upload.core.port;

import dev.upload.core.model.UploadEvent;

/** Takes note of what happened. Called after it was recorded, on the request's thread: be quick. */
@FunctionalInterface
public interface UploadEventPublisher {

  void publish(UploadEvent event);
}
