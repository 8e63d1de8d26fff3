package dev.upload.app.kills;

/** What the app held after its start, and after it had finished everything at a home. */
record Resources(String home, Usage before, Usage after) {

  /** The JVM opens a few more for itself as it warms up. */
  private static final long SLACK = 12;

  boolean isBack() {
    return after.descriptors() <= before.descriptors() + SLACK;
  }
}
