package dev.upload.app;

import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;

/** Starts the server. */
public final class Application {

  private Application() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] args) {
    new Server().args(args).classes(Application.class).banner(false).start();
  }

  /**
   * Tells a person in a sentence why the server cannot start, and a developer the rest on demand.
   */
  private static final class Server extends Micronaut {

    @Override
    protected void handleStartupException(Environment environment, Throwable failure) {
      StartupFailure.report(failure, System.err);
      System.exit(StartupFailure.EXIT_CODE);
    }
  }
}
