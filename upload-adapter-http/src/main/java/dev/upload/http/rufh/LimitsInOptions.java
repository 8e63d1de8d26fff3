package dev.upload.http.rufh;

import dev.upload.http.UploadAccess;
import dev.upload.http.files.FilesConfiguration;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** OPTIONS: tells who asks without beginning anything that uploads can be begun here, and which. */
@ServerFilter(FilesConfiguration.PATH_PLACEHOLDER)
final class LimitsInOptions {

  private final LimitField limits;
  private final UploadAccess access;

  LimitsInOptions(LimitField limits, UploadAccess access) {
    this.limits = limits;
    this.access = access;
  }

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    RufhFields fields = RufhFields.of(request);
    if (request.getMethod() != HttpMethod.OPTIONS || fields.last().isPresent()) {
      return;
    }
    limits
        .ofNew(fields.version(), access.limits())
        .ifPresent(text -> response.header(Rufh.LIMIT, text));
    if (fields.version().has(Trait.ACCEPT_PATCH)) {
      response.header("Accept-Patch", Rufh.MEDIA_TYPE);
    }
  }
}
