package dev.upload.http.rufh;

import dev.upload.http.RequestMarks;

/** The words of the protocol. */
final class Rufh {

  static final String VERSION = RequestMarks.DRAFT_VERSION;
  static final String COMPLETE = RequestMarks.UPLOAD_COMPLETE;
  static final String INCOMPLETE = RequestMarks.UPLOAD_INCOMPLETE;
  static final String OFFSET = "Upload-Offset";
  static final String LENGTH = "Upload-Length";
  static final String LIMIT = "Upload-Limit";

  /** The media type of bytes to append. */
  static final String MEDIA_TYPE = RequestMarks.PARTIAL_UPLOAD;

  /** The problem of an append to a complete upload. */
  static final String COMPLETED_UPLOAD =
      "https://iana.org/assignments/http-problem-types#completed-upload";

  /** The interim response: Upload Resumption Supported. */
  static final int RESUMPTION_SUPPORTED = 104;

  private Rufh() {}
}
