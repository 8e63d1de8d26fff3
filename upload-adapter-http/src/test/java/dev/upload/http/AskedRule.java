package dev.upload.http;

import dev.upload.core.OwnersOnly;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadAction;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.UploadAuthorizer;
import java.util.concurrent.atomic.AtomicInteger;

/** The usual rule; a test can have something happen while it is asked. */
public final class AskedRule implements UploadAuthorizer {

  private final UploadAuthorizer rule = new OwnersOnly();
  private final AtomicInteger left = new AtomicInteger();
  private volatile UploadAction awaited = UploadAction.WRITE;
  private volatile Runnable task = () -> {};

  /** Runs {@code next} when somebody asks for the {@code count}th time from now on to do that. */
  public void before(UploadAction action, int count, Runnable next) {
    awaited = action;
    task = next;
    left.set(count);
  }

  @Override
  public Decision decide(Requester requester, UploadAction action, UploadSession upload) {
    if (action == awaited && left.getAndDecrement() == 1) {
      task.run();
    }
    return rule.decide(requester, action, upload);
  }
}
