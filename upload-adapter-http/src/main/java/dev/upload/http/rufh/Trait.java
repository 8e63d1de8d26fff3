package dev.upload.http.rufh;

/** What versions of the draft differ in on the wire. */
enum Trait {
  /**
   * Completeness is said by the contrary, {@code Upload-Incomplete}, and an append without it is
   * the last one.
   */
  INCOMPLETENESS,
  /** An append has to say whether it is the last one; in between, one that does not is not. */
  COMPLETENESS_NEEDED,
  /** The first interim response is followed by others that tell the offset. */
  PROGRESS,
  /** Bytes to append have a media type. */
  APPEND_TYPE,
  /** Limits are told, the remaining time among them as {@code expires}. */
  LIMITS_WITH_EXPIRES,
  /** Limits are told, the remaining time among them as {@code max-age}. */
  LIMITS_WITH_MAX_AGE,
  /** Every answer to a creation or an append tells the offset while the upload goes on. */
  OFFSET_IN_ANSWERS,
  /** An append that is not the last one is answered as something created. */
  APPENDS_CREATE,
  /** To ask for the offset or to cancel with the offset or the completeness is an error. */
  BARE_QUESTIONS,
  /** To ask for the offset with the length is an error too. */
  QUESTIONS_WITHOUT_LENGTH,
  /** More than the length ends the upload; in between, only the request. */
  OVERRUN_ENDS,
  /** Every append to a complete upload is refused, by a problem type of its own. */
  COMPLETED_IS_PROBLEM,
  /** To append bytes to a complete upload contradicts its length, whatever else is said. */
  SURPLUS_IS_INCONSISTENT,
  /** OPTIONS tells the media type of appends. */
  ACCEPT_PATCH
}
