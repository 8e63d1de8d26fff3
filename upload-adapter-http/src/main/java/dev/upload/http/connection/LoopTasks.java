package dev.upload.http.connection;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** What other threads ask of a connection's event loop. */
final class LoopTasks {

  /** Nobody is kept for ever by a loop that is about to end. */
  private static final long PATIENCE_SECONDS = 10;

  private LoopTasks() {}

  /**
   * Has {@code loop} do {@code task}, and returns once that is done.
   *
   * <p>To hand it over is not enough: if a request's thread has finished before the event loop
   * comes to ask for its answer, that is written at once, ahead of all that was handed over.
   */
  static void done(EventLoop loop, Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      var _ = loop.submit(task).awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException serverIsGone) {
      // and so is the connection
    }
  }
}
