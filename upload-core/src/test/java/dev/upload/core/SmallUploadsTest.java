package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadEvent;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Uploads that come whole in their first chunk. */
class SmallUploadsTest extends UploadsFixture {

  private final UploadDeclaration declaration = Sessions.grid(1_000, 1_000);

  @Test
  void areRecordedOnceWhenTheyAreFinished() {
    UploadSession session = begin(declaration, Bytes.body(whole));

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(session.version()).isEqualTo(1);
    assertThat(sessions.find(declaration.id())).contains(session);
    assertThat(contentOf(session)).isEqualTo(whole);
    assertThat(events)
        .hasExactlyElementsOfTypes(UploadEvent.Created.class, UploadEvent.Completed.class);
  }

  @Test
  void mayBeEmpty() {
    UploadSession session = begin(Sessions.grid(0, 300), Bytes.body(new byte[0]));

    assertThat(session.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(contentOf(session)).isEmpty();
  }

  @Test
  void areNotTakenAgain() {
    UploadSession first = begin(declaration, Bytes.body(whole));

    UploadSession again = begin(declaration, Bytes.body(Bytes.random(1_000, 99)));

    assertThat(again).isEqualTo(first);
    assertThat(contentOf(again)).isEqualTo(whole);
  }

  @Test
  void areTakenOnceWhenTheyComeTwiceAtATime() throws Exception {
    List<Future<UploadSession>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> begin(declaration, Bytes.body(whole))));
      }
    }

    for (Future<UploadSession> answer : answers) {
      assertThat(answer.get().state()).isEqualTo(UploadState.COMPLETE);
    }
    assertThat(store.assemblies()).isEqualTo(1);
    assertThat(events)
        .hasExactlyElementsOfTypes(UploadEvent.Created.class, UploadEvent.Completed.class);
  }

  @Test
  void leaveNothingWhenTheirBodyIsBroken() {
    assertRejected(
        () -> begin(declaration, Bytes.brokenBody(whole, 400)),
        new Rejection.Interrupted(1_000, 400));

    assertThat(sessions.count()).isZero();
    assertThat(memory.isEmpty()).isTrue();
    assertThat(events).isEmpty();
  }

  @Test
  void leaveNothingWhenTheirAssemblyFails() {
    store.failAssemblies(1);

    assertThatThrownBy(() -> begin(declaration, Bytes.body(whole)))
        .isInstanceOf(StorageUnavailableException.class);

    assertThat(sessions.count()).isZero();
    assertThat(memory.isEmpty()).isTrue();
    assertThat(contentOf(begin(declaration, Bytes.body(whole)))).isEqualTo(whole);
  }

  @Test
  void keepWhatArrivedWhereAppendsDo() {
    UploadDeclaration append = Sessions.append(1_000);

    UploadSession broken = begin(append, Bytes.brokenBody(whole, 400));

    assertThat(broken.state()).isEqualTo(UploadState.OPEN);
    assertThat(sessions.find(append.id()).orElseThrow().offset()).isEqualTo(400);
    assertThat(events).hasExactlyElementsOfTypes(UploadEvent.Created.class);
  }

  @Test
  void giveWayToWhoeverBeganThemMeanwhile() {
    ChunkBody slow = during(Bytes.body(whole), () -> sessions.insert(Sessions.open(declaration)));

    assertThatThrownBy(() -> begin(declaration, slow))
        .isInstanceOf(StorageUnavailableException.class);

    assertThat(contentOf(begin(declaration, Bytes.body(whole)))).isEqualTo(whole);
  }

  @Test
  void areRefusedBeyondALimitLikeAnyOther() {
    assertRejected(
        () -> begin(Sessions.grid(1_501, 1_501), Bytes.body(new byte[1_501])),
        new Rejection.TooLarge("chunk", 1_500, 1_501));
  }

  @Test
  void beginInTheUsualWayWhereMoreChunksFollow() {
    UploadDeclaration three = Sessions.grid(1_000, 300);

    UploadSession session =
        uploads.receive(three, cell(three, 1), Bytes.body(whole, cell(three, 1).range()));

    assertThat(session.received()).hasToString("300-600");
    assertThat(session.state()).isEqualTo(UploadState.OPEN);
  }

  private UploadSession begin(UploadDeclaration upload, ChunkBody body) {
    long length = upload.length().orElseThrow();
    Chunk all = Chunk.filling(ByteRange.at(0, length));
    return uploads.receive(upload, all, body);
  }

  private static ChunkBody during(ChunkBody body, Runnable task) {
    return new ChunkBody() {
      @Override
      public long transferTo(WritableByteChannel sink) throws IOException {
        task.run();
        return body.transferTo(sink);
      }

      @Override
      public boolean truncated() {
        return body.truncated();
      }

      @Override
      public void cut() {
        body.cut();
      }
    };
  }
}
