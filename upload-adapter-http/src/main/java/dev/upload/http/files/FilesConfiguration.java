package dev.upload.http.files;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How finished uploads are given back.
 *
 * @param path below which each has its id
 */
@Context
@ConfigurationProperties(FilesConfiguration.PREFIX)
public record FilesConfiguration(
    @Bindable(defaultValue = FilesConfiguration.DEFAULT_PATH) String path) {

  /** The path, for annotations. */
  public static final String PATH_PLACEHOLDER = "${upload.http.files.path:/files}";

  static final String PREFIX = "upload.http.files";
  static final String DEFAULT_PATH = "/files";

  public FilesConfiguration {
    if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
      throw new ConfigurationException(
          "%s.path: expected a path such as /files, not '%s'".formatted(PREFIX, path));
    }
  }
}
