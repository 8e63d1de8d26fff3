package dev.upload.app;

import dev.upload.http.drain.Drain;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when the process is told to end: the server drains, the store is closed, and the
 * status is 0, for nothing went wrong. The JVM by itself would say 128 + 15.
 */
record Ending(ApplicationContext context, NettyEmbeddedServer server) implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
  private static final int DONE = 0;
  private static final int FAILED = 1;

  @Override
  public void run() {
    int status = FAILED;
    try {
      context.getBean(Drain.class).run(server);
      server.stop();
      context.close();
      status = DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("The server could not end in order", e);
    } finally {
      Runtime.getRuntime().halt(status);
    }
  }
}
