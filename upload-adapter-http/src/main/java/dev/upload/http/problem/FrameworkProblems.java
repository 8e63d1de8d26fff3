package dev.upload.http.problem;

import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import jakarta.inject.Singleton;
import java.util.OptionalInt;

/**
 * Gives the errors that the framework finds (no such path or method, an unreadable request, a
 * defect of ours) the same form as our own, whatever the client accepts: never a page.
 */
@Singleton
final class FrameworkProblems implements ErrorResponseProcessor<Object> {

  @Override
  @SuppressWarnings("unchecked")
  public MutableHttpResponse<Object> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    int status = unreadable(context).orElse(response.code());
    response.status(status);
    Problem problem = Problem.ofStatus(status, detail(context, status));
    return (MutableHttpResponse<Object>)
        ProblemResponses.fill(context.getRequest(), response, problem);
  }

  /** The framework has one status for all that is too long; HTTP has one for each. */
  private static OptionalInt unreadable(ErrorContext context) {
    if (context.getRequest() instanceof NettyHttpRequest<?> request) {
      Throwable cause = request.getNativeRequest().decoderResult().cause();
      if (cause instanceof TooLongHttpLineException) {
        return OptionalInt.of(414);
      }
      if (cause instanceof TooLongHttpHeaderException) {
        return OptionalInt.of(431);
      }
    }
    return OptionalInt.empty();
  }

  /** Says nothing of a defect: what went wrong inside is for the log. */
  private static String detail(ErrorContext context, int status) {
    if (status >= 500) {
      return "Something went wrong on the server.";
    }
    return status == 414 || status == 431
        ? "The request's first line or headers are too long."
        : context.getErrors().stream()
            .map(Error::getMessage)
            .findFirst()
            .orElse("The request was refused.");
  }
}
