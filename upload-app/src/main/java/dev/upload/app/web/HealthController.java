package dev.upload.app.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** Answers 200 as soon as requests are taken: the store is open by then. */
@Controller("/health")
final class HealthController {

  @Get
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<String> health() {
    return HttpResponse.ok("{\"status\":\"UP\"}").header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
