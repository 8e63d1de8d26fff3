package dev.upload.app.web;

import dev.upload.http.RequesterResolver;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Shows the page to those only who may upload. The protocols ask by themselves. */
@ServerFilter({"/", "/*.*", "/css/**", "/js/**", "/webjars/**"})
@Requires(property = "upload.auth.protect-page", notEquals = "false")
final class PageGuard {

  private final RequesterResolver requesters;

  PageGuard(RequesterResolver requesters) {
    this.requesters = requesters;
  }

  @RequestFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  void ask(HttpRequest<?> request) {
    if (request.getMethod() != HttpMethod.OPTIONS) {
      requesters.requesterOf(request);
    }
  }
}
