package dev.upload.http.files;

import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadScope;
import dev.upload.http.PublicUrls;
import dev.upload.http.UploadAccess;
import dev.upload.http.auth.SignedUrls;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;

/** Where an upload is, before and after it is finished, as its client sees this server. */
@Singleton
public final class UploadUrls {

  private final PublicUrls urls;
  private final FilesConfiguration files;
  private final UploadAccess access;

  UploadUrls(PublicUrls urls, FilesConfiguration files, UploadAccess access) {
    this.urls = urls;
    this.files = files;
    this.access = access;
  }

  /** Returns the URL of an upload for whoever sent {@code request}. */
  public String of(HttpRequest<?> request, UploadId id) {
    return urls.of(request, files.path() + "/" + id + carried(request));
  }

  /** Who came with a signed URL goes on with one. */
  private String carried(HttpRequest<?> request) {
    return access.of(request).requester().scope() instanceof UploadScope.Single
        ? SignedUrls.token(request)
            .map(token -> "?" + SignedUrls.PARAMETER + "=" + token)
            .orElse("")
        : "";
  }
}
