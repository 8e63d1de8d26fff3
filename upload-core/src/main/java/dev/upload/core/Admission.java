package dev.upload.core;

import dev.upload.core.model.OpenLimits;
import dev.upload.core.model.OpenUsage;
import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.SessionRepository;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets uploads in: each within its own limits, and all of them within those of what may be
 * unfinished at a time.
 *
 * <p>What is being begun counts already, so that however many are begun at once on this node, no
 * limit is passed. Two nodes over one store may pass it by what they begin at the same moment.
 */
final class Admission {

  private final SessionRepository sessions;
  private final UploadLimits limits;
  private final OpenLimits open;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Owner, OpenUsage> beginning = new HashMap<>(); // guarded by the lock

  Admission(SessionRepository sessions, UploadLimits limits, OpenLimits open) {
    this.sessions = sessions;
    this.limits = limits;
    this.open = open;
  }

  /** Returns what one upload may ask of the server. */
  UploadLimits limits() {
    return limits;
  }

  /**
   * Begins {@code declaration} by {@code work} if there is room for it.
   *
   * @throws dev.upload.core.model.UploadRejectedException with {@code Throttled} if there is not
   */
  <T> T begin(UploadDeclaration declaration, Supplier<T> work) {
    if (open.equals(OpenLimits.NONE)) {
      return work.get();
    }
    Owner owner = declaration.owner();
    OpenUsage more = new OpenUsage(1, declaration.length().orElse(0));
    reserve(owner, more);
    try {
      return work.get();
    } finally {
      release(owner, more);
    }
  }

  /**
   * Refuses {@code more} bytes of an upload whose length nobody has said, if there is no room for
   * them. What others bring meanwhile is not seen: a limit may be passed by as much as is on its
   * way.
   */
  void admitGrowth(UploadSession session, long more) {
    if (!open.equals(OpenLimits.NONE) && session.length().isEmpty()) {
      requireRoom(session.declaration().owner(), new OpenUsage(0, more));
    }
  }

  private void reserve(Owner owner, OpenUsage more) {
    lock.lock();
    try {
      requireRoom(owner, more);
      beginning.merge(owner, more, OpenUsage::plus);
    } finally {
      lock.unlock();
    }
  }

  private void release(Owner owner, OpenUsage less) {
    lock.lock();
    try {
      beginning.computeIfPresent(owner, (key, usage) -> usage.minus(less));
      beginning.remove(owner, OpenUsage.NONE);
    } finally {
      lock.unlock();
    }
  }

  private void requireRoom(Owner owner, OpenUsage more) {
    Optional<OpenUsage> ofAll = sessions.openUsage();
    if (ofAll.isEmpty()) {
      return; // nobody counts
    }
    OpenUsage ofOwner = sessions.openUsage(owner).orElse(OpenUsage.NONE);
    open.admitOwner(ofOwner.plus(beginning(owner)).plus(more));
    open.admitAll(ofAll.get().plus(beginning()).plus(more));
  }

  private OpenUsage beginning(Owner owner) {
    lock.lock();
    try {
      return beginning.getOrDefault(owner, OpenUsage.NONE);
    } finally {
      lock.unlock();
    }
  }

  private OpenUsage beginning() {
    lock.lock();
    try {
      return beginning.values().stream().reduce(OpenUsage.NONE, OpenUsage::plus);
    } finally {
      lock.unlock();
    }
  }
}
