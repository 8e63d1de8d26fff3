package dev.upload.http.tus;

import dev.upload.core.model.UploadId;
import dev.upload.http.UploadAccess;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** DELETE: ends an upload and whoever is sending to it, and frees what it held. */
@Singleton
final class Termination {

  private final UploadAccess access;

  Termination(UploadAccess access) {
    this.access = access;
  }

  MutableHttpResponse<?> answer(HttpRequest<?> request, String id) {
    access.of(request).remove(UploadId.parse(id));
    return HttpResponse.noContent();
  }
}
