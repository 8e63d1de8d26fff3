package dev.upload.http.tus;

import dev.upload.http.files.FilesConfiguration;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Puts the version on everything that comes from below the endpoint, whoever answers.
 *
 * <p>It is outermost: a filter sees what other filters answer only if it is before them.
 */
@ServerFilter({FilesConfiguration.PATH_PLACEHOLDER, FilesConfiguration.PATH_PLACEHOLDER + "/**"})
@Order(Ordered.HIGHEST_PRECEDENCE)
final class VersionHeader {

  @ResponseFilter
  void add(MutableHttpResponse<?> response) {
    response.getHeaders().set(Tus.RESUMABLE, Tus.VERSION);
  }
}
