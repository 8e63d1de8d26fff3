package dev.upload.http.body;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Claims the body of an upload's request as soon as there is one, on the connection's own thread:
 * the framework keeps what arrives before somebody claims it, and forgets all of that when the
 * connection breaks.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EarlyClaim {

  @RequestFilter
  void claim(HttpRequest<?> request) {
    if (MicronautBody.announced(request)) {
      MicronautBody.claim(request);
    }
  }

  /** Lets go of a body that nobody has taken. */
  @ResponseFilter
  void abandon(HttpRequest<?> request) {
    MicronautBody.abandon(request);
  }
}
