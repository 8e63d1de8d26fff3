package dev.upload.app;

import io.micronaut.runtime.Micronaut;

/** Starts the server. */
public final class Application {

  private Application() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] args) {
    Micronaut.run(Application.class, args);
  }
}
