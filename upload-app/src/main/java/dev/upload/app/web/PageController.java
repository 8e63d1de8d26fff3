package dev.upload.app.web;

import dev.upload.app.config.LimitSettings;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** Tells the page what it has to know of the server. */
@Controller
final class PageController {

  private final PageConfig config;

  PageController(
      LimitSettings limits,
      @Value("${upload.http.resumable-js.path:/uploads}") String target,
      @Value("${upload.http.files.path:/files}") String filesPath) {
    config = new PageConfig(target, filesPath, limits.maxLength(), limits.maxChunk());
  }

  @Get("/page-config.json")
  HttpResponse<PageConfig> config() {
    return HttpResponse.ok(config).header(HttpHeaders.CACHE_CONTROL, "no-cache");
  }
}
