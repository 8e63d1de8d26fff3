package dev.upload.http.problem;

import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

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
    int status = response.code();
    Problem problem = Problem.ofStatus(status, detail(context, status));
    return (MutableHttpResponse<Object>)
        ProblemResponses.fill(context.getRequest(), response, problem);
  }

  /** Says nothing of a defect: what went wrong inside is for the log. */
  private static String detail(ErrorContext context, int status) {
    return status >= 500
        ? "Something went wrong on the server."
        : context.getErrors().stream()
            .map(Error::getMessage)
            .findFirst()
            .orElse("The request was refused.");
  }
}
