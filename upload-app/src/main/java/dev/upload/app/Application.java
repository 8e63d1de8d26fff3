package dev.upload.app;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.micronaut.runtime.Micronaut;
import java.util.concurrent.CountDownLatch;

/** Starts the server. */
public final class Application {

  private Application() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] args) throws InterruptedException {
    try {
      start(args);
    } catch (Throwable failure) { // whatever it is, a person is told
      StartupFailure.report(failure, System.err);
      System.exit(StartupFailure.EXIT_CODE);
    }
    new CountDownLatch(1).await();
  }

  /** Micronaut's own start adds a way to end that neither waits for anybody nor ends with 0. */
  private static void start(String[] args) {
    ApplicationContext context =
        Micronaut.build(args).classes(Application.class).banner(false).build();
    context.start();
    NettyEmbeddedServer server = context.getBean(NettyEmbeddedServer.class);
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(new Ending(context, server), "ending"));
  }
}
