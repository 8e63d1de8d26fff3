package dev.upload.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;

/**
 * {@code upload.store.filesystem.*}.
 *
 * @param root the directory of everything: finished files below {@code files/}, unfinished ones and
 *     the records beside it; made where it is missing
 */
@ConfigurationProperties("upload.store.filesystem")
public record FilesystemSettings(@Bindable(defaultValue = "data") String root) {

  public FilesystemSettings {
    Setting.require("upload.store.filesystem.root", !root.isBlank(), "must name a directory");
  }

  /** Returns the directory; a relative one is below the working directory. */
  public Path directory() {
    return Setting.read("upload.store.filesystem.root", () -> Path.of(root))
        .toAbsolutePath()
        .normalize();
  }
}
