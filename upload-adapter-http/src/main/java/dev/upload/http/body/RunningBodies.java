package dev.upload.http.body;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The bodies that are being received, each until its request is done with it. */
@Singleton
public final class RunningBodies {

  private static final String ATTRIBUTE = "upload.running-bodies";

  private final Set<RequestBytes> running = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  /** Has the body of {@code request} counted among these once it is taken. */
  public void watch(HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  static Optional<RunningBodies> of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, RunningBodies.class);
  }

  void add(RequestBytes bytes) {
    running.add(bytes);
    bytes.whenClosed(() -> running.remove(bytes));
    if (ending) {
      bytes.cut();
    }
  }

  /** Returns how many there are. */
  public int count() {
    return running.size();
  }

  /** Cuts all bodies, and those that still come. */
  public void cutAll() {
    ending = true;
    running.forEach(RequestBytes::cut);
  }

  /** Cuts the bodies whose senders are slower than {@code rate}, and returns how many. */
  int cutSlow(MinimumRate rate) {
    long now = System.nanoTime();
    int cut = 0;
    for (RequestBytes bytes : running) {
      if (bytes.isTooSlow(rate, now)) {
        bytes.cut();
        cut++;
      }
    }
    return cut;
  }
}
