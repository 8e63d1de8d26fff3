package dev.upload.http.problem;

/** How a client understands statuses. */
public enum Dialect {
  /**
   * Gives a file up on 400, 404, 415, 500 and 501 only; repeats everything else at once, up to 100
   * times.
   */
  RESUMABLE_JS,
  /** Gives a file up on 404, 413, 415, 500 and 501, on a test too. Also simple-uploader.js. */
  FLOW_JS,
  /**
   * tus: repeats after 409, 423 and 5xx, begins anew on others; has a status of its own for a wrong
   * digest.
   */
  TUS,
  /**
   * Resumable Uploads for HTTP (IETF draft): goes on after 409, 413, 429 and 5xx, and gives up on
   * others; knows problem types that are registered for it.
   */
  IETF,
  /** Understands HTTP. */
  PLAIN
}
