package dev.upload.http.auth;

import dev.upload.core.model.Requester;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** One way for requests to say whose they are. */
public interface Authentication {

  /**
   * Returns whose request it is; empty if its credentials are of another kind, or unknown here.
   *
   * @throws dev.upload.core.model.UploadRejectedException if they are of this kind, and of no use
   */
  Optional<Requester> requester(HttpRequest<?> request);

  /** Returns what a client is asked for that has none; empty if it is not to be asked. */
  Optional<String> challenge();
}
