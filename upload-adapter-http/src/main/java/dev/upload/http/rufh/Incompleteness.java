package dev.upload.http.rufh;

import dev.upload.http.RequestMarks;
import dev.upload.http.files.FilesConfiguration;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Says of everything that comes from below the endpoint, whoever answers, that it completed no
 * upload, unless it says something of that itself.
 *
 * <p>It is outermost: a filter sees what other filters answer only if it is before them.
 */
@ServerFilter({FilesConfiguration.PATH_PLACEHOLDER, FilesConfiguration.PATH_PLACEHOLDER + "/**"})
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Incompleteness {

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (!bringsBytes(request.getMethod()) || !RequestMarks.resumable(request)) {
      return;
    }
    Interop version = RufhFields.of(request).version();
    if (!response.getHeaders().contains(version.completenessField())) {
      RufhResponses.completeness(response, version, false);
    }
  }

  private static boolean bringsBytes(HttpMethod method) {
    return method == HttpMethod.POST || method == HttpMethod.PUT || method == HttpMethod.PATCH;
  }
}
