package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.InMemorySessions;
import dev.upload.core.testing.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionUpdatesTest {

  private final InMemorySessions sessions = new InMemorySessions();
  private final SessionUpdates updates = new SessionUpdates(sessions);
  private final UploadSession session = Sessions.open(Sessions.grid(1_000, 100));

  @Test
  void aStepThatRefusesIsNobodyElsesConcern() throws Exception {
    sessions.insert(session);

    List<FutureTask<SessionUpdates.Change>> together =
        together(List.of(received(0), this::refused, received(1)));

    assertThat(together.get(0).get().after().received()).hasToString("0-100");
    assertThatThrownBy(() -> together.get(1).get())
        .hasCauseInstanceOf(UploadRejectedException.class);
    assertThat(together.get(2).get().after().received()).hasToString("0-200");
    assertThat(sessions.find(session.id()).orElseThrow().received()).hasToString("0-200");
  }

  /** Makes steps wait for one that takes long, so that they are recorded as one. */
  private List<FutureTask<SessionUpdates.Change>> together(List<UnaryOperator<UploadSession>> steps)
      throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Thread slow =
        Thread.ofPlatform().start(() -> updates.apply(session.id(), now -> slowly(now, begun, go)));
    begun.await();
    List<FutureTask<SessionUpdates.Change>> tasks = new ArrayList<>();
    for (UnaryOperator<UploadSession> step : steps) {
      FutureTask<SessionUpdates.Change> task =
          new FutureTask<>(() -> updates.apply(session.id(), step));
      Thread thread = Thread.ofPlatform().start(task);
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      tasks.add(task);
    }
    go.countDown();
    slow.join();
    return tasks;
  }

  private static UploadSession slowly(UploadSession now, CountDownLatch begun, CountDownLatch go) {
    begun.countDown();
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return now;
  }

  private UploadSession refused(UploadSession now) {
    throw new UploadRejectedException(new Rejection.Gone());
  }

  private static UnaryOperator<UploadSession> received(int cell) {
    return now -> now.received(ByteRange.at(cell * 100L, 100), StoreNotes.NONE, Sessions.START);
  }
}
