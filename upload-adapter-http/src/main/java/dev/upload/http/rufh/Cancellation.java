package dev.upload.http.rufh;

import dev.upload.core.model.UploadId;
import dev.upload.http.UploadAccess;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** DELETE: ends an unfinished upload and whoever is sending to it, and frees what it held. */
@Singleton
final class Cancellation {

  private final UploadAccess access;

  Cancellation(UploadAccess access) {
    this.access = access;
  }

  MutableHttpResponse<?> answer(HttpRequest<?> request, String id) {
    RufhFields.of(request).requireBare(false);
    access.of(request).cancel(UploadId.parse(id));
    return HttpResponse.noContent();
  }
}
