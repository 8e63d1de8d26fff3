package dev.upload.http.tus;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;

/** Finds the upload that a request speaks of. */
final class UploadLookup {

  private UploadLookup() {}

  /** Returns the upload, finished first if that was cut off. */
  static UploadSession require(AuthorizedUploads uploads, String id) {
    return uploads.describe(UploadId.parse(id)).orElseThrow(UploadLookup::unknown);
  }

  static UploadRejectedException unknown() {
    return new UploadRejectedException(new Rejection.UnknownUpload());
  }
}
