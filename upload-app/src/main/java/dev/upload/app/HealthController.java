package dev.upload.app;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.Map;

/** Says whether the server answers. */
@Controller("/health")
final class HealthController {

  @Get
  Map<String, String> health() {
    return Map.of("status", "UP");
  }
}
