package dev.upload.app;

import java.io.PrintStream;

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

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.toString() : message;
  }
}
