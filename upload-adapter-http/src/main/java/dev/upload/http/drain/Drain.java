package dev.upload.http.drain;

import dev.upload.http.body.RunningBodies;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the server end without taking anything from anybody: it says so first, if wanted, then
 * refuses new bodies, gives running ones their time, cuts the rest, and waits until what they
 * brought is recorded and answered.
 */
@Singleton
public final class Drain {

  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final Duration TIME_TO_RECORD = Duration.ofSeconds(10);
  private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(2);
  private static final long PAUSE_MILLIS = 10;

  private final DrainConfiguration configuration;
  private final RunningBodies bodies;
  private volatile boolean announced;
  private volatile boolean refusing;

  Drain(DrainConfiguration configuration, RunningBodies bodies) {
    this.configuration = configuration;
    this.bodies = bodies;
  }

  /** Tells whether the server is about to end: nobody should be sent to it any more. */
  public boolean announced() {
    return announced;
  }

  /** Tells whether new bodies are refused. */
  boolean refusing() {
    return refusing;
  }

  /** Returns when nothing is under way any more, or its time is over. */
  public void run(GracefulShutdownCapable server) throws InterruptedException {
    announced = true;
    LOG.info("Ending: {} requests are being received", bodies.count());
    Thread.sleep(configuration.notice());
    refusing = true;
    long end = System.nanoTime() + configuration.timeout().toNanos();
    if (!awaitNoBody(end)) {
      LOG.info("{} requests are cut; what they have brought counts", bodies.count());
      bodies.cutAll();
      awaitNoBody(System.nanoTime() + TIME_TO_RECORD.toNanos());
    }
    close(server, Math.max(TIME_TO_ANSWER.toNanos(), end - System.nanoTime()));
  }

  private boolean awaitNoBody(long end) throws InterruptedException {
    while (bodies.count() > 0) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return true;
  }

  /** Closes idle connections, and others when their last answer is written. */
  private static void close(GracefulShutdownCapable server, long nanos)
      throws InterruptedException {
    try {
      server.shutdownGracefully().toCompletableFuture().get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.info("Some connections are closed before their last answer is read");
    } catch (ExecutionException e) {
      LOG.warn("Connections could not be closed in order", e);
    }
  }
}
