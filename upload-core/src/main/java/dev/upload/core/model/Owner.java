package dev.upload.core.model;

/** Whose upload it is. Identifiers that clients choose are scoped by it. At most 256 characters. */
public record Owner(String name) {

  /** Everybody, where nobody has to say who they are. */
  public static final Owner ANONYMOUS = new Owner("anonymous");

  private static final int MAX_NAME_CHARS = 256;

  public Owner {
    if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
      throw new IllegalArgumentException(
          "an owner's name has 1 to %d characters".formatted(MAX_NAME_CHARS));
    }
  }
}
