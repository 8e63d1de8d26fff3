package dev.upload.http.tus;

import dev.upload.http.files.FilesConfiguration;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Options;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.RouteCondition;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/**
 * The endpoint of tus, which it shares with downloads: a HEAD or DELETE is its own if it names a
 * version, and every request is that overrides its method.
 */
@Controller(FilesConfiguration.PATH_PLACEHOLDER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TusController {

  /**
   * The contrary of what downloads have. Expressions call the request so, which is why parameters
   * cannot.
   */
  private static final String OURS = "#{T(dev.upload.http.RequestMarks).tus(request)}";

  /** What another protocol on the same URL does not say is its own. */
  private static final String NOT_RESUMABLE =
      "#{!T(dev.upload.http.RequestMarks).resumable(request)}";

  private static final String OVERRIDDEN = "#{T(dev.upload.http.RequestMarks).overridden(request)}";

  private final TusExchange exchange;
  private final Capabilities capabilities;

  TusController(TusExchange exchange, Capabilities capabilities) {
    this.exchange = exchange;
    this.capabilities = capabilities;
  }

  /** Whatever version the client names, if it names one. */
  @Options(
      uris = {"/", "/{id}"},
      consumes = MediaType.ALL)
  @Produces(MediaType.ALL)
  HttpResponse<?> options(HttpRequest<?> incoming) {
    return capabilities.answer(incoming);
  }

  @Post(consumes = MediaType.ALL, produces = MediaType.ALL)
  @RouteCondition(NOT_RESUMABLE)
  HttpResponse<?> post(HttpRequest<?> incoming) {
    return exchange.onEndpoint(incoming);
  }

  @Head("/{id}")
  @RouteCondition(OURS)
  HttpResponse<?> head(HttpRequest<?> incoming, @PathVariable String id) {
    return exchange.onUpload(incoming, id);
  }

  @Patch(uri = "/{id}", consumes = MediaType.ALL, produces = MediaType.ALL)
  @RouteCondition(NOT_RESUMABLE)
  HttpResponse<?> patch(HttpRequest<?> incoming, @PathVariable String id) {
    return exchange.onUpload(incoming, id);
  }

  @Delete(uri = "/{id}", consumes = MediaType.ALL, produces = MediaType.ALL)
  @RouteCondition(OURS)
  HttpResponse<?> delete(HttpRequest<?> incoming, @PathVariable String id) {
    return exchange.onUpload(incoming, id);
  }

  @Post(uri = "/{id}", consumes = MediaType.ALL, produces = MediaType.ALL)
  @RouteCondition(OVERRIDDEN)
  HttpResponse<?> overriddenPost(HttpRequest<?> incoming, @PathVariable String id) {
    return exchange.onUpload(incoming, id);
  }

  @Put(uri = "/{id}", consumes = MediaType.ALL, produces = MediaType.ALL)
  @RouteCondition(OVERRIDDEN)
  HttpResponse<?> overriddenPut(HttpRequest<?> incoming, @PathVariable String id) {
    return exchange.onUpload(incoming, id);
  }

  @Get(uri = "/{id}", produces = MediaType.ALL, headRoute = false)
  @RouteCondition(OVERRIDDEN)
  HttpResponse<?> overriddenGet(HttpRequest<?> incoming, @PathVariable String id) {
    return exchange.onUpload(incoming, id);
  }
}
