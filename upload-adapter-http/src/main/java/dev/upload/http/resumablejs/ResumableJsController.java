package dev.upload.http.resumablejs;

import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.http.UploadAccess;
import dev.upload.http.body.MicronautBody;
import dev.upload.http.body.RequestBytes;
import dev.upload.http.problem.ProblemResponses;
import dev.upload.http.problem.StorageUnavailableHandler;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;

/**
 * The endpoint of Resumable.js, Flow.js and simple-uploader.js. Clients choose which methods test
 * and which upload; GET and HEAD always test.
 *
 * <p>Whatever a client accepts, the answer is JSON: a 406 would be repeated for ever.
 *
 * <p>Never a redirect and never a page: Resumable.js takes a page at the end of a redirect for a
 * stored chunk.
 */
@Controller(
    "${" + ResumableJsConfiguration.PREFIX + ".path:" + ResumableJsConfiguration.DEFAULT_PATH + "}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ResumableJsController {

  /**
   * The most bytes that are read of a body that nobody wants, so that its sender sees the answer.
   */
  private static final long MAX_DRAINED_BYTES = 256L * 1024 * 1024;

  private final ChunkExchange exchange;
  private final UploadAccess access;
  private final Duration retryPause;
  private final StorageUnavailableHandler unavailable;

  ResumableJsController(
      ChunkExchange exchange,
      UploadAccess access,
      ResumableJsConfiguration configuration,
      StorageUnavailableHandler unavailable) {
    this.exchange = exchange;
    this.access = access;
    this.retryPause = configuration.retryPause();
    this.unavailable = unavailable;
  }

  @Get(produces = MediaType.ALL)
  HttpResponse<?> get(HttpRequest<?> request) {
    return handle(request);
  }

  @Post(consumes = MediaType.ALL, produces = MediaType.ALL)
  HttpResponse<?> post(HttpRequest<?> request) {
    return handle(request);
  }

  @Put(consumes = MediaType.ALL, produces = MediaType.ALL)
  HttpResponse<?> put(HttpRequest<?> request) {
    return handle(request);
  }

  @Patch(consumes = MediaType.ALL, produces = MediaType.ALL)
  HttpResponse<?> patch(HttpRequest<?> request) {
    return handle(request);
  }

  private HttpResponse<?> handle(HttpRequest<?> request) {
    try (RequestBytes bytes = MicronautBody.take(request)) {
      MutableHttpResponse<?> response = answer(request, bytes);
      MicronautBody.drain(request, bytes, response, mostToDrain());
      if (!bytes.truncated()) {
        holdBack(response);
      }
      return response;
    }
  }

  private MutableHttpResponse<?> answer(HttpRequest<?> request, RequestBytes bytes) {
    Parameters parameters = exchange.noParameters();
    try {
      exchange.readQuery(request, parameters);
      return switch (request.getMethod()) {
        case GET, HEAD -> exchange.test(request, parameters);
        default -> exchange.store(request, parameters, bytes);
      };
    } catch (UploadRejectedException refused) {
      return ProblemResponses.refusal(
          request, refused.rejection(), parameters.spelling().dialect());
    } catch (StorageUnavailableException fault) {
      return unavailable.answer(request, fault);
    }
  }

  private long mostToDrain() {
    return Math.min(MAX_DRAINED_BYTES, 2 * Math.min(access.limits().maxChunk(), MAX_DRAINED_BYTES));
  }

  /**
   * Such answers are followed by the same request at once; the pause is what keeps a client from
   * flooding.
   */
  private void holdBack(HttpResponse<?> response) {
    switch (response.code()) {
      case 401, 423, 503, 507 -> sleep();
      default -> {}
    }
  }

  private void sleep() {
    try {
      Thread.sleep(retryPause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
