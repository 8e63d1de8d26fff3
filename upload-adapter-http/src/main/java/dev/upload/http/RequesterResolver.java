package dev.upload.http;

import dev.upload.core.model.Requester;
import io.micronaut.http.HttpRequest;

/** Says whose request it is. Called on a virtual thread: it may block. */
@FunctionalInterface
public interface RequesterResolver {

  /**
   * Returns whoever sends {@code request}.
   *
   * @throws dev.upload.core.model.UploadRejectedException with {@code Unauthenticated} if nobody
   *     can tell, and {@code Forbidden} if somebody can, but it is of no use any more
   */
  Requester requesterOf(HttpRequest<?> request);
}
