package dev.upload.core.model;

/**
 * How much may be unfinished at a time, of everybody and of one owner.
 *
 * @param all of everybody together
 * @param owner of each
 */
public record OpenLimits(OpenUsage all, OpenUsage owner) {

  private static final OpenUsage ANY = new OpenUsage(Long.MAX_VALUE, Long.MAX_VALUE);

  /** No limit. */
  public static final OpenLimits NONE = new OpenLimits(ANY, ANY);

  /** Refuses {@code usage} of everybody beyond the limit. */
  public void admitAll(OpenUsage usage) {
    admit(usage, all, "on this server");
  }

  /** Refuses {@code usage} of one owner beyond the limit. */
  public void admitOwner(OpenUsage usage) {
    admit(usage, owner, "of yours");
  }

  private static void admit(OpenUsage usage, OpenUsage limit, String whose) {
    if (usage.uploads() > limit.uploads()) {
      throw new UploadRejectedException(
          new Rejection.Throttled(
              "There are too many unfinished uploads %s: %d are the most."
                  .formatted(whose, limit.uploads())));
    }
    if (usage.bytes() > limit.bytes()) {
      throw new UploadRejectedException(
          new Rejection.Throttled(
              "The unfinished uploads %s are too large: %d bytes are the most."
                  .formatted(whose, limit.bytes())));
    }
  }
}
