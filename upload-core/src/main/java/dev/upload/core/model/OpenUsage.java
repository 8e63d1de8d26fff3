package dev.upload.core.model;

/**
 * What unfinished uploads there are.
 *
 * @param uploads how many
 * @param bytes that they will have, or have so far where nobody has said
 */
public record OpenUsage(long uploads, long bytes) {

  public static final OpenUsage NONE = new OpenUsage(0, 0);

  /** Returns what {@code session} takes: nothing once it is finished or given up. */
  public static OpenUsage of(UploadSession session) {
    return switch (session.state()) {
      case OPEN, ASSEMBLING ->
          new OpenUsage(1, session.length().orElse(session.received().total()));
      case COMPLETE, CANCELLED -> NONE;
    };
  }

  /** Returns both together; what is beyond every number is {@link Long#MAX_VALUE}. */
  public OpenUsage plus(OpenUsage more) {
    return new OpenUsage(uploads + more.uploads, sum(bytes, more.bytes));
  }

  /** Returns what is left without {@code less}. */
  public OpenUsage minus(OpenUsage less) {
    return new OpenUsage(uploads - less.uploads, bytes - less.bytes);
  }

  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }
}
