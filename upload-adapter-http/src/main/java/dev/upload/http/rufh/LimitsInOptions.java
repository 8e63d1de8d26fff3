package dev.upload.http.rufh;

import dev.upload.http.UploadAccess;
import dev.upload.http.files.FilesConfiguration;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** OPTIONS: tells who asks without beginning anything that uploads can be begun here, and which. */
@ServerFilter(value = FilesConfiguration.PATH_PLACEHOLDER, methods = HttpMethod.OPTIONS)
final class LimitsInOptions {

  private final LimitField limits;
  private final UploadAccess access;

  LimitsInOptions(LimitField limits, UploadAccess access) {
    this.limits = limits;
    this.access = access;
  }

  @ResponseFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    RufhFields fields = RufhFields.of(request);
    if (fields.last().isPresent()) {
      return;
    }
    limits
        .ofNew(fields.version(), access.limitsFor(request))
        .ifPresent(text -> response.header(Rufh.LIMIT, text));
    if (fields.version().has(Trait.ACCEPT_PATCH)) {
      response.header("Accept-Patch", Rufh.MEDIA_TYPE);
    }
  }
}
