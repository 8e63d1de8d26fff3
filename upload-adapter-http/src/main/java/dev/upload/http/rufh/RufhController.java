package dev.upload.http.rufh;

import dev.upload.http.RequestMarks;
import dev.upload.http.files.FilesConfiguration;
import dev.upload.http.problem.ProblemResponses;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.RouteCondition;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/**
 * The endpoint of Resumable Uploads for HTTP, which it shares with tus and downloads: a request is
 * its own that has one of its fields.
 */
@Controller(FilesConfiguration.PATH_PLACEHOLDER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class RufhController {

  /** The contrary of what tus and downloads have. Expressions call the request so. */
  private static final String OURS = "#{T(dev.upload.http.RequestMarks).resumable(request)}";

  private final RufhExchange exchange;
  private final Inspection inspection;
  private final Cancellation cancellation;

  RufhController(RufhExchange exchange, Inspection inspection, Cancellation cancellation) {
    this.exchange = exchange;
    this.inspection = inspection;
    this.cancellation = cancellation;
  }

  @Post(consumes = MediaType.ALL, produces = MediaType.ALL)
  @RouteCondition(OURS)
  HttpResponse<?> post(HttpRequest<?> incoming) {
    return exchange.create(incoming);
  }

  /** Nobody else's; but a route for some requests only would not pass a preflight. */
  @Put(consumes = MediaType.ALL, produces = MediaType.ALL)
  HttpResponse<?> put(HttpRequest<?> incoming) {
    return createOrRefuse(incoming);
  }

  /** The same. */
  @Patch(consumes = MediaType.ALL, produces = MediaType.ALL)
  HttpResponse<?> patch(HttpRequest<?> incoming) {
    return createOrRefuse(incoming);
  }

  private HttpResponse<?> createOrRefuse(HttpRequest<?> incoming) {
    return RequestMarks.resumable(incoming)
        ? exchange.create(incoming)
        : ProblemResponses.methodNotAllowed(incoming, "OPTIONS, POST");
  }

  @Patch(uri = "/{id}", consumes = MediaType.ALL, produces = MediaType.ALL)
  @RouteCondition(OURS)
  HttpResponse<?> append(HttpRequest<?> incoming, @PathVariable String id) {
    return exchange.append(incoming, id);
  }

  @Head("/{id}")
  @RouteCondition(OURS)
  HttpResponse<?> head(HttpRequest<?> incoming, @PathVariable String id) {
    return exchange.ask(incoming, () -> inspection.answer(incoming, id));
  }

  @Delete(uri = "/{id}", consumes = MediaType.ALL, produces = MediaType.ALL)
  @RouteCondition(OURS)
  HttpResponse<?> delete(HttpRequest<?> incoming, @PathVariable String id) {
    return exchange.ask(incoming, () -> cancellation.answer(incoming, id));
  }
}
