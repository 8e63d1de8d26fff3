package dev.upload.http.rufh;

import dev.upload.core.AuthorizedUploads;
import dev.upload.http.body.RequestBytes;
import io.micronaut.http.HttpRequest;

/**
 * A request that brings bytes.
 *
 * @param fields what it says
 * @param uploads as its sender has them
 * @param bytes what it brings
 * @param interims what its sender is told meanwhile
 */
record RufhRequest(
    HttpRequest<?> http,
    RufhFields fields,
    AuthorizedUploads uploads,
    RequestBytes bytes,
    Interims interims) {

  Interop version() {
    return fields.version();
  }

  /** Tells whether there are bytes; waits for the first one if nobody has said so. */
  boolean bringsBytes() {
    return fields.contentLength().isPresent()
        ? fields.contentLength().getAsLong() > 0
        : bytes.next().isReadable();
  }
}
