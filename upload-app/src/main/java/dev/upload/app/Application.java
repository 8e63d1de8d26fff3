package dev.upload.app;

import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.server.EmbeddedServer;

/** Starts the server. */
public final class Application {

  private Application() {}

  /** Runs until the process is told to stop; every key is taken as {@code --key=value}. */
  public static void main(String[] args) {
    EmbeddedServer server =
        Micronaut.build(args)
            .mainClass(Application.class)
            .banner(false)
            .start()
            .getBean(EmbeddedServer.class);
    System.out.println("Upload is ready at " + server.getURI());
  }
}
