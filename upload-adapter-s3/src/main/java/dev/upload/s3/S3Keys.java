package dev.upload.s3;

import dev.upload.core.model.Destination;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** All knowledge of what objects are called. */
record S3Keys(String prefix) {

  private static final String SESSIONS = "sessions/";
  private static final String UPLOADS = "uploads/";
  private static final int SEQUENCE_DIGITS = 19;
  private static final Pattern NO_ID = Pattern.compile("[^0-9a-z-]+");

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

  /** Returns what the keys of everything unfinished begin with. */
  String unfinished() {
    return prefix + UPLOADS;
  }

  /** Returns what the keys of everything unfinished of one upload begin with. */
  String unfinished(UploadId id, String nonce) {
    return unfinished() + id + "/" + nonce + "/";
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

  /** Returns whose unfinished bytes a key of a listing is; empty for keys that are not ours. */
  Optional<Unfinished> parseUnfinished(String key) {
    if (!key.startsWith(unfinished())) {
      return Optional.empty();
    }
    String[] names = key.substring(unfinished().length()).split("/", 3);
    return names.length < 3
        ? Optional.empty()
        : id(names[0]).map(id -> new Unfinished(id, names[1]));
  }

  /** Returns what in a key could be the id of an upload. */
  List<UploadId> idsIn(String key) {
    return NO_ID.splitAsStream(key).map(S3Keys::id).flatMap(Optional::stream).distinct().toList();
  }

  private static Optional<UploadId> id(String text) {
    try {
      return Optional.of(new UploadId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whose bytes something unfinished is. */
  record Unfinished(UploadId id, String nonce) {}

  /** Place of a record in a session's chain. */
  record Link(UploadId id, long sequence) {}
}
