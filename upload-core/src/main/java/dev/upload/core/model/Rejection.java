package dev.upload.core.model;

/** Why a request was refused by a rule. Data only: the edge decides what each looks like. */
public sealed interface Rejection {

  /** Says in a sentence what was wrong; carries nothing that a client may not see. */
  String detail();

  /** There is no such upload, or it is somebody else's. */
  record UnknownUpload() implements Rejection {
    @Override
    public String detail() {
      return "There is no such upload.";
    }
  }

  /** Nobody knows whose request it is, and they have to say. */
  record Unauthenticated() implements Rejection {
    @Override
    public String detail() {
      return "Say who you are: the request has no valid credentials.";
    }
  }

  /** It is known whose request it is, and they may not do this. */
  record Forbidden() implements Rejection {
    @Override
    public String detail() {
      return "You may not do this.";
    }
  }

  /** Nothing is wrong with the request but its time: too much is going on. */
  record Throttled(String detail) implements Rejection {}

  /** The upload was cancelled or has expired. */
  record Gone() implements Rejection {
    @Override
    public String detail() {
      return "The upload was cancelled or has expired.";
    }
  }

  /** The upload is not finished, and what was asked for needs it to be; or the other way round. */
  record WrongState(String detail) implements Rejection {}

  /** An append began at {@code provided} where {@code expected} is the offset. */
  record OffsetMismatch(long expected, long provided) implements Rejection {
    @Override
    public String detail() {
      return "The offset is %d, not %d.".formatted(expected, provided);
    }
  }

  /** {@code field} says {@code actual} where {@code limit} is the most. */
  record TooLarge(String field, long limit, long actual) implements Rejection {
    @Override
    public String detail() {
      return "%s is %d; the limit is %d.".formatted(field, actual, limit);
    }
  }

  /** {@code field} says {@code actual} where {@code limit} is the least. */
  record TooSmall(String field, long limit, long actual) implements Rejection {
    @Override
    public String detail() {
      return "%s is %d; the least is %d.".formatted(field, actual, limit);
    }
  }

  /** {@code field} is missing or cannot be read. */
  record Malformed(String field, String reason) implements Rejection {
    @Override
    public String detail() {
      return field + ": " + reason;
    }
  }

  /** {@code field} can be read, but contradicts the rest of the request or the upload. */
  record Inconsistent(String field, String reason) implements Rejection {
    @Override
    public String detail() {
      return field + ": " + reason;
    }
  }

  /** The body is of a kind that is not taken here. */
  record UnsupportedMediaType(String detail) implements Rejection {}

  /** The body was cut off, by the network or by a newer request for the same bytes. */
  record Interrupted(long expected, long received) implements Rejection {
    @Override
    public String detail() {
      return "Only %d of %d bytes arrived.".formatted(received, expected);
    }
  }

  /** The body's digest is another one than its sender said. */
  record DigestMismatch(DigestAlgorithm algorithm) implements Rejection {
    @Override
    public String detail() {
      return "The bytes have another %s digest than was announced.".formatted(algorithm);
    }
  }

  /** The upload is made of others: nothing can be sent to it. */
  record NotAppendable() implements Rejection {
    @Override
    public String detail() {
      return "The upload is a concatenation of others: nothing can be appended to it.";
    }
  }

  /** What a newer request was told of the upload, or does to it, is to hold. */
  record Outdated() implements Rejection {
    @Override
    public String detail() {
      return "A newer request for the upload has come meanwhile.";
    }
  }

  /** Somebody else is writing these bytes. */
  record Busy() implements Rejection {
    @Override
    public String detail() {
      return "Another request is writing these bytes.";
    }
  }

  /** Writing would leave less than {@code minFree} bytes of space. */
  record StorageFull(long minFree) implements Rejection {
    @Override
    public String detail() {
      return "There is no room: %d bytes must stay free.".formatted(minFree);
    }
  }
}
