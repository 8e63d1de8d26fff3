package dev.upload.http.tus;

import dev.upload.core.Uploads;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** DELETE: ends an upload and whoever is sending to it, and frees what it held. */
@Singleton
final class Termination {

  private final Uploads uploads;
  private final UploadLookup lookup;

  Termination(Uploads uploads, UploadLookup lookup) {
    this.uploads = uploads;
    this.lookup = lookup;
  }

  MutableHttpResponse<?> answer(HttpRequest<?> request, String id) {
    uploads.remove(lookup.recorded(request, id).id());
    return HttpResponse.noContent();
  }
}
