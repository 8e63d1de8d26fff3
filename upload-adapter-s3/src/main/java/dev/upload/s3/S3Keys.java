package dev.upload.s3;

import dev.upload.core.model.Destination;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import java.util.Optional;

/** All knowledge of what objects are called. */
record S3Keys(String prefix) {

  private static final String SESSIONS = "sessions/";
  private static final String UPLOADS = "uploads/";
  private static final int SEQUENCE_DIGITS = 19;

  /**
   * Returns the key of a finished upload.
   *
   * @throws UploadRejectedException if a client's file would lie among the session records
   */
  String destination(Destination destination) {
    if (destination.path().startsWith(SESSIONS)) {
      throw new UploadRejectedException(
          new Rejection.Malformed(
              "destination", "'sessions' is kept for the server's own records"));
    }
    return prefix + destination.path();
  }

  /** Returns what the keys of everything unfinished of one upload begin with. */
  String unfinished(UploadId id, String nonce) {
    return prefix + UPLOADS + id + "/" + nonce + "/";
  }

  /** Returns the key of a fragment; sorted keys are in the order of the bytes. */
  String fragment(UploadId id, String nonce, Fragment fragment) {
    return unfinished(id, nonce)
        + "fragments/%014d-%014d-%s"
            .formatted(fragment.range().start(), fragment.range().end(), fragment.token());
  }

  /** Returns the key under which a partial upload is whole, which nobody but us sees. */
  String partial(UploadId id, String nonce) {
    return unfinished(id, nonce) + "partial";
  }

  /** Returns what the keys of all session records begin with. */
  String sessions() {
    return prefix + SESSIONS;
  }

  /** Returns what the keys of one session's records begin with. */
  String chain(UploadId id) {
    return sessions() + id + "/";
  }

  /** Returns the key of a link of a session's chain: the newest comes first in a listing. */
  String link(UploadId id, long sequence) {
    return chain(id) + ("%0" + SEQUENCE_DIGITS + "d").formatted(Long.MAX_VALUE - sequence);
  }

  /**
   * Returns which link of which chain a key of a listing is; empty for objects that are not ours.
   */
  Optional<Link> parseLink(String key) {
    String rest = key.startsWith(sessions()) ? key.substring(sessions().length()) : "";
    int slash = rest.indexOf('/');
    if (slash < 0 || !rest.substring(slash + 1).matches("[0-9]{" + SEQUENCE_DIGITS + "}")) {
      return Optional.empty();
    }
    try {
      UploadId id = new UploadId(rest.substring(0, slash));
      return Optional.of(new Link(id, Long.MAX_VALUE - Long.parseLong(rest.substring(slash + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Place of a record in a session's chain. */
  record Link(UploadId id, long sequence) {}
}
