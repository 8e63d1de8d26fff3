package dev.upload.http.tus;

import dev.upload.core.Uploads;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.http.OwnerResolver;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Finds the upload that a request speaks of: for others than its owner there is none. */
@Singleton
final class UploadLookup {

  private final Uploads uploads;
  private final OwnerResolver owners;

  UploadLookup(Uploads uploads, OwnerResolver owners) {
    this.uploads = uploads;
    this.owners = owners;
  }

  /** Returns the upload, finished first if that was cut off. */
  UploadSession require(HttpRequest<?> request, String id) {
    return own(request, uploads.describe(UploadId.parse(id)));
  }

  /** Returns the upload as it is: one that cannot be finished can still be ended. */
  UploadSession recorded(HttpRequest<?> request, String id) {
    return own(request, uploads.recorded(UploadId.parse(id)));
  }

  private UploadSession own(HttpRequest<?> request, Optional<UploadSession> found) {
    return found
        .filter(session -> session.declaration().owner().equals(owners.ownerOf(request)))
        .orElseThrow(UploadLookup::unknown);
  }

  static UploadRejectedException unknown() {
    return new UploadRejectedException(new Rejection.UnknownUpload());
  }
}
