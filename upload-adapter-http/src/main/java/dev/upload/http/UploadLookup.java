package dev.upload.http;

import dev.upload.core.AuthorizedUploads;
import dev.upload.core.model.AppendOnly;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;

/** Finds the upload that a request speaks of. */
public final class UploadLookup {

  private UploadLookup() {}

  /** Returns the upload, finished first if that was cut off. */
  public static UploadSession require(AuthorizedUploads uploads, String id) {
    return require(uploads, UploadId.parse(id));
  }

  /** Returns the upload, finished first if that was cut off. */
  public static UploadSession require(AuthorizedUploads uploads, UploadId id) {
    return uploads.describe(id).orElseThrow(UploadLookup::unknown);
  }

  /**
   * Returns the upload once nobody sends to it any more: its offset is the one at which the next
   * append begins. Only appends are given up by asking: chunks that go anywhere are sent side by
   * side.
   */
  public static UploadSession requireSettled(AuthorizedUploads uploads, String id) {
    return requireSettled(uploads, UploadId.parse(id));
  }

  /** Returns the same upload, named by its id. */
  public static UploadSession requireSettled(AuthorizedUploads uploads, UploadId id) {
    UploadSession found = require(uploads, id);
    return found.state() == UploadState.OPEN && found.policy() instanceof AppendOnly
        ? uploads.settle(found.id()).orElseThrow(UploadLookup::unknown)
        : found;
  }

  /** Returns what whoever speaks of an upload is told that is not there. */
  public static UploadRejectedException unknown() {
    return new UploadRejectedException(new Rejection.UnknownUpload());
  }
}
