package dev.upload.http.tus;

import dev.upload.http.RequestMarks;

/** The words of the protocol. */
final class Tus {

  static final String VERSION = "1.0.0";

  static final String EXTENSIONS =
      String.join(
          ",",
          "creation",
          "creation-with-upload",
          "creation-defer-length",
          "expiration",
          "checksum",
          "checksum-trailer",
          "termination",
          "concatenation",
          "concatenation-unfinished");

  /** The one media type of bytes to append. */
  static final String MEDIA_TYPE = "application/offset+octet-stream";

  static final String RESUMABLE = RequestMarks.TUS_VERSION;
  static final String SUPPORTED_VERSIONS = "Tus-Version";
  static final String SUPPORTED_EXTENSIONS = "Tus-Extension";
  static final String SUPPORTED_ALGORITHMS = "Tus-Checksum-Algorithm";
  static final String MAX_SIZE = "Tus-Max-Size";
  static final String METHOD_OVERRIDE = RequestMarks.METHOD_OVERRIDE;
  static final String OFFSET = "Upload-Offset";
  static final String LENGTH = "Upload-Length";
  static final String DEFER_LENGTH = "Upload-Defer-Length";
  static final String METADATA = "Upload-Metadata";
  static final String EXPIRES = "Upload-Expires";
  static final String CHECKSUM = "Upload-Checksum";
  static final String CONCAT = "Upload-Concat";

  private Tus() {}
}
