package dev.upload.app.web;

import dev.upload.http.drain.Drain;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/**
 * Answers 200 as soon as requests are taken, for the store is open by then, and 503 once the server
 * is about to end.
 */
@Controller("/health")
final class HealthController {

  private final Drain drain;

  HealthController(Drain drain) {
    this.drain = drain;
  }

  @Get
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<String> health() {
    MutableHttpResponse<String> answer =
        drain.announced()
            ? HttpResponse.<String>status(HttpStatus.SERVICE_UNAVAILABLE)
                .body("{\"status\":\"DRAINING\"}")
            : HttpResponse.ok("{\"status\":\"UP\"}");
    return answer.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
