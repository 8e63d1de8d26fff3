package dev.upload.core.port;

import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadAction;
import dev.upload.core.model.UploadSession;

/**
 * Says who may do what with which upload. Asked before every request is acted upon, on its thread:
 * be quick, and be the same for the same.
 */
@FunctionalInterface
public interface UploadAuthorizer {

  /**
   * Decides on one request.
   *
   * @param upload as this node knows it; one that is to be created as it would begin
   */
  Decision decide(Requester requester, UploadAction action, UploadSession upload);

  /** What a requester is told. */
  enum Decision {
    /** The request is acted upon. */
    PERMITTED,
    /** The requester knows of the upload, but may not do this with it. */
    FORBIDDEN,
    /** The same as if there were no such upload. */
    HIDDEN
  }
}
