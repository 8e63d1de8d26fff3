package dev.upload.http.tus;

import dev.upload.http.UploadAccess;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** OPTIONS: what is understood here, and what whoever asks may upload. */
@Singleton
final class Capabilities {

  private final UploadAccess access;

  Capabilities(UploadAccess access) {
    this.access = access;
  }

  MutableHttpResponse<?> answer(HttpRequest<?> request) {
    long maxLength = access.limitsFor(request).maxLength();
    MutableHttpResponse<?> response =
        HttpResponse.noContent()
            .header(Tus.SUPPORTED_VERSIONS, Tus.VERSION)
            .header(Tus.SUPPORTED_EXTENSIONS, Tus.EXTENSIONS)
            .header(Tus.SUPPORTED_ALGORITHMS, ChecksumHeader.ALGORITHMS);
    return maxLength == Long.MAX_VALUE
        ? response
        : response.header(Tus.MAX_SIZE, Long.toString(maxLength));
  }
}
