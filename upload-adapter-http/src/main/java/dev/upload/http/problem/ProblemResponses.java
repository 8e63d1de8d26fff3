package dev.upload.http.problem;

import dev.upload.core.model.Rejection;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;

/** Makes responses of problems. */
public final class ProblemResponses {

  /** Seconds that a client should wait before it repeats a request that failed for now. */
  private static final int RETRY_AFTER_SECONDS = 5;

  private static final String CHALLENGES = "upload.challenges";

  private ProblemResponses() {}

  /** Has a 401 to {@code request}, if that is the answer, say what credentials are wanted. */
  public static void challengeWith(HttpRequest<?> request, List<String> challenges) {
    request.setAttribute(CHALLENGES, new Challenges(challenges));
  }

  private record Challenges(List<String> headers) {
    void addTo(MutableHttpResponse<?> response) {
      headers.forEach(one -> response.getHeaders().add(HttpHeaders.WWW_AUTHENTICATE, one));
    }
  }

  /** Answers a request that a rule refused. */
  public static MutableHttpResponse<?> refusal(
      HttpRequest<?> request, Rejection rejection, Dialect dialect) {
    return of(request, Problem.of(rejection, dialect));
  }

  /** Answers a request that the infrastructure could not serve. */
  public static MutableHttpResponse<?> storageUnavailable(HttpRequest<?> request) {
    return of(request, Problem.storageUnavailable());
  }

  /** Answers a request that came while the server ends: another one, or this one soon, takes it. */
  public static MutableHttpResponse<?> draining(HttpRequest<?> request) {
    return of(request, Problem.draining());
  }

  /** Answers a request in a version of its protocol that is not spoken here. */
  public static MutableHttpResponse<?> unsupportedVersion(HttpRequest<?> request, String detail) {
    return of(request, Problem.unsupportedVersion(detail));
  }

  /** Answers a request whose method is for others only of those that have this path. */
  public static MutableHttpResponse<?> methodNotAllowed(HttpRequest<?> request, String allowed) {
    int status = HttpStatus.METHOD_NOT_ALLOWED.getCode();
    return of(request, Problem.ofStatus(status, "Only these methods are allowed: " + allowed + "."))
        .header(HttpHeaders.ALLOW, allowed);
  }

  /** Answers a request with {@code problem}. */
  public static MutableHttpResponse<?> of(HttpRequest<?> request, Problem problem) {
    return fill(request, HttpResponse.status(problem.status(), problem.title()), problem);
  }

  static MutableHttpResponse<?> fill(
      HttpRequest<?> request, MutableHttpResponse<?> response, Problem problem) {
    response.header(HttpHeaders.CACHE_CONTROL, "no-store");
    if (problem.status() == ProblemTable.STORAGE_UNAVAILABLE) {
      response.header(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS));
    }
    if (problem.status() == ProblemTable.UNAUTHENTICATED) {
      request
          .getAttribute(CHALLENGES, Challenges.class)
          .ifPresent(wanted -> wanted.addTo(response));
    }
    if (request.getMethod() == HttpMethod.HEAD) {
      return response;
    }
    return response.body(problem).contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
  }
}
