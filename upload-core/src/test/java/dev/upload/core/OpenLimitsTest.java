package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.OpenLimits;
import dev.upload.core.model.OpenUsage;
import dev.upload.core.model.Owner;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Who begins more than there is room for is sent away for a while, and nothing is begun. */
class OpenLimitsTest extends UploadsFixture {

  private static final long ANY = Long.MAX_VALUE;

  @Test
  void beyondTheLimitNothingIsBegunUntilSomethingEnds() {
    Uploads few = limited(new OpenUsage(2, ANY), new OpenUsage(ANY, ANY));
    UploadId first = few.create(Sessions.append(100)).id();
    few.create(Sessions.append(100));

    assertThrottled(() -> few.create(Sessions.append(100)), "on this server: 2 are the most");

    assertThat(sessions.count()).isEqualTo(2);
    few.cancel(first);
    few.create(Sessions.append(100));
    assertThat(sessions.count()).isEqualTo(2);
  }

  @Test
  void anUploadThatIsThereIsNoNewOne() {
    Uploads few = limited(new OpenUsage(1, ANY), new OpenUsage(ANY, ANY));
    UploadDeclaration declaration = Sessions.grid(1_000, 300);
    few.create(declaration);

    few.create(declaration);
    receive(few, declaration, 0);
    receive(few, declaration, 1);
    receive(few, declaration, 2);

    few.create(Sessions.append(100)); // the first one is finished
    assertThat(sessions.count()).isEqualTo(2);
  }

  @Test
  void oneOwnerDoesNotTakeTheRoomOfOthers() {
    Uploads few = limited(new OpenUsage(ANY, ANY), new OpenUsage(1, ANY));
    few.create(Sessions.append(100));

    assertThrottled(() -> few.create(Sessions.append(100)), "of yours: 1 are the most");

    few.create(of(new Owner("bob"), Sessions.append(100)));
    assertThat(sessions.count()).isEqualTo(2);
  }

  @Test
  void bytesThatAreDeclaredCountBeforeTheyCome() {
    Uploads few = limited(new OpenUsage(ANY, 1_000), new OpenUsage(ANY, ANY));
    few.create(Sessions.append(600));

    assertThrottled(() -> few.create(Sessions.append(401)), "too large: 1000 bytes");

    few.create(Sessions.append(400));
  }

  @Test
  void bytesThatNobodyDeclaredCountWhenTheyCome() {
    Uploads few = limited(new OpenUsage(ANY, 1_000), new OpenUsage(ANY, ANY));
    UploadId growing = few.create(Sessions.appendOfDeferredLength()).id();
    append(few, growing, 0, 700);

    assertThrottled(() -> append(few, growing, 700, 301), "too large: 1000 bytes");
    assertThrottled(() -> few.declareLength(growing, 1_001), "too large: 1000 bytes");

    append(few, growing, 700, 200);
    few.declareLength(growing, 1_000);
    assertThat(few.describe(growing).orElseThrow().offset()).isEqualTo(900);
  }

  @Test
  void howeverManyBeginAtOnceTheLimitHolds() throws Exception {
    Uploads few = limited(new OpenUsage(10, ANY), new OpenUsage(ANY, ANY));
    List<Future<UploadId>> begun = new ArrayList<>();
    try (ExecutorService parallel = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        begun.add(parallel.submit(() -> few.create(Sessions.append(100)).id()));
      }
    }

    long successes = begun.stream().filter(one -> one.state() == Future.State.SUCCESS).count();
    assertThat(successes).isBetween(1L, 10L);
    assertThat(sessions.count()).isEqualTo((int) successes);
  }

  private Uploads limited(OpenUsage all, OpenUsage owner) {
    return Uploads.over(store, sessions).openLimits(new OpenLimits(all, owner)).build();
  }

  private void append(Uploads to, UploadId id, int offset, int length) {
    Chunk chunk = Chunk.filling(ByteRange.at(offset, length));
    to.receive(id, chunk, Bytes.body(Bytes.random(2_000, 1), chunk.range()));
  }

  private static UploadDeclaration of(Owner owner, UploadDeclaration declared) {
    return new UploadDeclaration(
        declared.id(),
        owner,
        declared.policy(),
        declared.length(),
        declared.metadata(),
        declared.destination(),
        declared.createdAt());
  }

  private static void assertThrottled(ThrowingCallable call, String said) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UploadRejectedException.class,
            e -> {
              assertThat(e.rejection()).isInstanceOf(Rejection.Throttled.class);
              assertThat(e.rejection().detail()).contains(said);
            });
  }
}
