package dev.upload.http.drain;

import dev.upload.http.body.RunningBodies;
import dev.upload.http.problem.ProblemResponses;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts bodies, and refuses new ones while the server drains. Questions are answered to the end:
 * whoever asks how far an upload is must not take "not now" for "gone".
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class DrainFilter {

  /** What keeps a client from using up all its attempts at once. */
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

  private final Drain drain;
  private final RunningBodies bodies;

  DrainFilter(Drain drain, RunningBodies bodies) {
    this.drain = drain;
    this.bodies = bodies;
  }

  @RequestFilter
  @Nullable CompletableFuture<@Nullable HttpResponse<?>> admit(HttpRequest<?> request) {
    if (!bringsBytes(request.getMethod())) {
      return null;
    }
    if (drain.refusing()) {
      return CompletableFuture.supplyAsync(() -> refusal(request), LATER);
    }
    bodies.watch(request);
    return null;
  }

  /** The response filter does not see what the request filter answers. */
  private static HttpResponse<?> refusal(HttpRequest<?> request) {
    return ProblemResponses.draining(request).header(HttpHeaders.CONNECTION, "close");
  }

  @ResponseFilter
  void leave(MutableHttpResponse<?> response) {
    if (drain.refusing()) {
      response.header(HttpHeaders.CONNECTION, "close");
    }
  }

  private static boolean bringsBytes(HttpMethod method) {
    return switch (method) {
      case POST, PUT, PATCH, CUSTOM -> true;
      case GET, HEAD, OPTIONS, DELETE, TRACE, CONNECT -> false;
    };
  }
}
