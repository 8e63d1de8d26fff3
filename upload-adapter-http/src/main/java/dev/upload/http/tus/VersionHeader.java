package dev.upload.http.tus;

import dev.upload.http.files.FilesConfiguration;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Puts the version on everything that comes from below the endpoint, whoever answers. */
@ServerFilter({FilesConfiguration.PATH_PLACEHOLDER, FilesConfiguration.PATH_PLACEHOLDER + "/**"})
final class VersionHeader {

  @ResponseFilter
  void add(MutableHttpResponse<?> response) {
    response.getHeaders().set(Tus.RESUMABLE, Tus.VERSION);
  }
}
