package dev.upload.app.wiring;

import dev.upload.app.config.ConfigurationCheck;
import dev.upload.app.config.FilesystemSettings;
import dev.upload.app.config.LimitSettings;
import dev.upload.app.config.S3Settings;
import dev.upload.app.config.StoreSettings;
import dev.upload.app.config.UploadSettings;
import dev.upload.app.linux.Fallocate;
import dev.upload.app.linux.Splice;
import dev.upload.app.linux.SyncFileRange;
import dev.upload.fs.FilesystemConfig;
import dev.upload.fs.FilesystemUploads;
import dev.upload.fs.OperatingSystem;
import dev.upload.s3.S3Uploads;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import java.nio.file.Path;

/** Opens the store that was chosen, before the server takes its first request. */
@Factory
final class StorageFactory {

  @Bean(preDestroy = "close")
  @Context
  Storage storage(
      ConfigurationCheck checked,
      StoreSettings store,
      UploadSettings upload,
      LimitSettings limits,
      FilesystemSettings filesystem,
      S3Settings s3) {
    return switch (store.type()) {
      case FILESYSTEM -> filesystem(filesystem, upload, limits);
      case S3 -> s3(s3);
    };
  }

  private static Storage filesystem(
      FilesystemSettings settings, UploadSettings upload, LimitSettings limits) {
    FilesystemUploads uploads =
        FilesystemUploads.open(
            new FilesystemConfig(
                settings.directory(),
                upload.durability(),
                limits.minFree(),
                system(settings.directory())));
    return new Storage(
        uploads.store(),
        uploads.sessions(),
        settings.directory().resolve("files").toString(),
        uploads);
  }

  private static OperatingSystem system(Path directory) {
    return new OperatingSystem(
        Splice.ofThisSystem(), Fallocate.ofThisSystem(directory), SyncFileRange.ofThisSystem());
  }

  private static Storage s3(S3Settings settings) {
    S3Uploads uploads = S3Uploads.open(settings.config());
    return new Storage(uploads.store(), uploads.sessions(), settings.description(), uploads);
  }
}
