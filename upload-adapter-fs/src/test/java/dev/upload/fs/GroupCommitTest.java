package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupCommitTest {

  private static final int CALLERS = 64;
  private static final int CHANGES_EACH = 20;

  @TempDir Path root;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void concurrentCallersShareTransactions(Durability durability) throws Exception {
    try (FilesystemUploads files =
        FilesystemUploads.open(new FilesystemConfig(root, durability, 0))) {
      SqliteSessions sessions = (SqliteSessions) files.sessions();
      long before = sessions.transactions();

      List<UploadSession> last = changedConcurrently(sessions);

      assertThat(sessions.transactions() - before).isLessThan(CALLERS * CHANGES_EACH / 2);
      assertThat(last).allSatisfy(one -> assertThat(sessions.find(one.id())).contains(one));
    }
  }

  private static List<UploadSession> changedConcurrently(SqliteSessions sessions) throws Exception {
    CyclicBarrier start = new CyclicBarrier(CALLERS);
    List<Future<UploadSession>> callers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLERS; i++) {
        callers.add(
            threads.submit(
                () -> {
                  start.await();
                  return changed(sessions);
                }));
      }
    }
    List<UploadSession> last = new ArrayList<>();
    for (Future<UploadSession> caller : callers) {
      last.add(caller.get());
    }
    return last;
  }

  private static UploadSession changed(SqliteSessions sessions) {
    UploadSession session = Sessions.open(Sessions.grid(100 * CHANGES_EACH, 100));
    assertThat(sessions.insert(session)).isTrue();
    for (int i = 0; i < CHANGES_EACH - 1; i++) {
      session = session.received(ByteRange.at(i * 100L, 100), StoreNotes.NONE, Sessions.START);
      assertThat(sessions.replace(session)).isTrue();
    }
    return session;
  }
}
