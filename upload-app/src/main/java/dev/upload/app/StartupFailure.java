package dev.upload.app;

import io.micronaut.context.exceptions.ConfigurationException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Why the server could not start. */
final class StartupFailure {

  static final int EXIT_CODE = 1;

  private static final String SHOW_STACK_TRACE = "dev.upload.debug";

  private StartupFailure() {}

  /** Prints the reason that is closest to what an operator can change. */
  static void report(Throwable failure, PrintStream err) {
    err.println("upload-app cannot start: " + reason(failure));
    if (Boolean.getBoolean(SHOW_STACK_TRACE)) {
      failure.printStackTrace(err);
    } else {
      err.println("(JAVA_OPTS=-D%s=true shows where it failed)".formatted(SHOW_STACK_TRACE));
    }
  }

  /** Our own words where there are some, and what the system said at the bottom of it. */
  private static String reason(Throwable failure) {
    @Nullable Throwable ours = null;
    Throwable cause = failure;
    while (cause.getCause() != null) {
      ours = ours == null && isOurs(cause) ? cause : ours;
      cause = cause.getCause();
    }
    return ours == null ? said(cause) : said(ours) + " (" + said(cause) + ")";
  }

  private static boolean isOurs(Throwable cause) {
    return cause instanceof ConfigurationException
        || cause.getClass().getName().startsWith("dev.upload.");
  }

  /**
   * A message by itself is a sentence only where we, or the framework's configuration, wrote it.
   */
  private static String said(Throwable cause) {
    String message = cause.getMessage();
    return isOurs(cause) && message != null
        ? message
        : cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
