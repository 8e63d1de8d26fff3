package dev.upload.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Owner;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadAction;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadScope;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.port.ChunkBody;
import dev.upload.core.port.UploadAuthorizer.Decision;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuthorizedUploadsTest extends UploadsFixture {

  private static final Rejection UNKNOWN = new Rejection.UnknownUpload();
  private static final Rejection FORBIDDEN = new Rejection.Forbidden();

  private final AuthorizedUploads owner = uploads.as(Requester.ANONYMOUS);
  private final AuthorizedUploads stranger = uploads.as(Requester.of(new Owner("stranger")));

  /** Something that can be done with an upload. */
  @FunctionalInterface
  interface Deed {
    void with(AuthorizedUploads uploads, UploadDeclaration declaration);
  }

  static Stream<Arguments> deeds() {
    return Stream.of(
        deed("receive", UploadAction.WRITE, (u, d) -> u.receive(d.id(), firstChunk(), nothing())),
        deed("declare a length", UploadAction.WRITE, (u, d) -> u.declareLength(d.id(), 1_000)),
        deed("remove", UploadAction.CANCEL, (u, d) -> u.remove(d.id())),
        deed("cancel", UploadAction.CANCEL, (u, d) -> u.cancel(d.id())),
        deed("withdraw", UploadAction.CREATE, (u, d) -> u.withdraw(d)));
  }

  private static Arguments deed(String name, UploadAction action, Deed deed) {
    return Arguments.of(name, action, deed);
  }

  private static Chunk firstChunk() {
    return Chunk.filling(ByteRange.at(0, 10));
  }

  private static ChunkBody nothing() {
    return Bytes.body(new byte[10], ByteRange.at(0, 10));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deeds")
  void anothersUploadIsUnknownWhateverIsAsked(String name, UploadAction action, Deed deed) {
    UploadSession there = uploads.create(Sessions.append(1_000));

    assertRejected(() -> deed.with(stranger, there.declaration()), UNKNOWN);

    assertThat(uploads.recorded(there.id())).contains(there);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deeds")
  void whatIsNotPermittedIsForbiddenAndChangesNothing(String name, UploadAction action, Deed deed) {
    UploadSession there = uploads.create(Sessions.append(1_000));

    assertRejected(() -> deed.with(allBut(action), there.declaration()), FORBIDDEN);

    assertThat(uploads.recorded(there.id())).contains(there);
  }

  @Test
  void anothersUploadIsNotSeen() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();

    assertThat(stranger.describe(id)).isEmpty();
    assertThat(stranger.describeToRead(id)).isEmpty();
    assertThat(stranger.recorded(id)).isEmpty();
    assertThat(stranger.settle(id)).isEmpty();
    assertThat(stranger.withdrawIfEmpty(id)).isFalse();
    assertThat(owner.describe(id)).isPresent();
  }

  @Test
  void nobodyBeginsAnUploadOfAnotherOwner() {
    UploadDeclaration declaration = Sessions.append(10);

    assertRejected(() -> stranger.create(declaration), FORBIDDEN);
    assertRejected(() -> stranger.receive(declaration, firstChunk(), nothing()), FORBIDDEN);

    assertThat(sessions.count()).isZero();
  }

  @Test
  void anIdThatIsTakenByAnotherOwnerIsUnknown() {
    UploadDeclaration taken = uploads.create(Sessions.append(1_000)).declaration();

    assertRejected(() -> stranger.create(of(new Owner("stranger"), taken)), UNKNOWN);
  }

  @Test
  void aFinishedUploadIsReadByItsOwnerOnly() {
    UploadSession done = finished();

    assertRejected(() -> stranger.read(done, ByteRange.at(0, 10)), UNKNOWN);
    assertRejected(() -> allBut(UploadAction.READ).read(done, ByteRange.at(0, 10)), FORBIDDEN);
    assertRejected(() -> allBut(UploadAction.READ).describeToRead(done.id()), FORBIDDEN);
    assertThat(Bytes.drain(owner.read(done, ByteRange.at(0, 1_000)))).isEqualTo(whole);
  }

  @Test
  void anothersPartIsRefusedAsOneThatIsNotThere() {
    UploadId part = uploads.create(Sessions.partial(10)).id();
    UploadDeclaration declaration =
        of(new Owner("stranger"), Sessions.concatenation(List.of(part)));

    assertRejected(
        () -> stranger.concatenate(declaration),
        new Rejection.Inconsistent("Upload-Concat", "there is no partial upload " + part));
  }

  @Test
  void whoeverMayOnlyAskEndsNobodysSending() {
    UploadId id = uploads.create(Sessions.append(1_000)).id();

    assertThat(allBut(UploadAction.WRITE).settle(id)).isPresent();
    assertRejected(() -> allBut(UploadAction.DESCRIBE).settle(id), FORBIDDEN);
    assertRejected(() -> allBut(UploadAction.DESCRIBE).describe(id), FORBIDDEN);
  }

  @Test
  void whoeverMayBeginOneUploadMayBeginNoOther() {
    UploadDeclaration mine = Sessions.append(1_000);
    AuthorizedUploads holder = holderOf(mine.id(), 1_000);

    UploadSession begun = holder.create(mine);

    assertThat(holder.describe(begun.id())).contains(begun);
    assertRejected(() -> holder.create(Sessions.append(1_000)), FORBIDDEN);
    UploadSession other = uploads.create(Sessions.append(1_000));
    assertThat(holder.describe(other.id())).isEmpty();
    assertRejected(() -> holder.receive(other.id(), firstChunk(), nothing()), UNKNOWN);
  }

  @Test
  void oneUploadIsHeldToItsOwnLimit() {
    UploadDeclaration mine = Sessions.append(1_000);
    AuthorizedUploads holder = holderOf(mine.id(), 999);

    assertRejected(() -> holder.create(mine), new Rejection.TooLarge("length", 999, 1_000));
    assertThat(holder.limits().maxLength()).isEqualTo(999);
    assertThat(sessions.count()).isZero();
  }

  @Test
  void theLengthOfOneUploadIsSaidAtOnce() {
    UploadDeclaration mine = Sessions.appendOfDeferredLength();

    assertRejected(
        () -> holderOf(mine.id(), 999).create(mine),
        new Rejection.Malformed("length", "it has to be said at once here"));
  }

  @Test
  void oneUploadCanBeGivenUpButNotTakenAwayOnceItIsFinished() {
    UploadSession done = finished();
    UploadId open = uploads.create(Sessions.append(1_000)).id();

    holderOf(open, 1_000).remove(open);

    assertThat(uploads.recorded(open)).isEmpty();
    assertRejected(() -> holderOf(done.id(), 1_000).remove(done.id()), FORBIDDEN);
  }

  @Test
  void aFinishedUploadIsNotWithdrawn() {
    UploadSession done = finished();

    assertThat(owner.withdraw(done.declaration())).isFalse();
    assertThat(holderOf(done.id(), 1_000).withdraw(done.declaration())).isFalse();

    assertThat(contentOf(done)).isEqualTo(whole);
  }

  @Test
  void anUploadIsNotWithdrawnByARequestThatHasNotBegunIt() {
    UploadDeclaration first = uploads.create(Sessions.append(1_000)).declaration();
    UploadDeclaration later = declaredAt(first, first.createdAt().plusMillis(1));
    AuthorizedUploads holder = holderOf(first.id(), 1_000);
    holder.create(later);

    assertThat(holder.withdraw(later)).isFalse();
    assertThat(owner.withdraw(later)).isFalse();

    assertThat(uploads.recorded(first.id())).isPresent();
  }

  @Test
  void anUploadWithBytesIsWithdrawnOnlyWhereNobodyElseCanHaveBroughtThem() {
    UploadDeclaration mine = uploads.create(Sessions.append(1_000)).declaration();
    uploads.receive(mine.id(), firstChunk(), nothing());

    assertThat(holderOf(mine.id(), 1_000).withdraw(mine)).isFalse();
    assertThat(uploads.recorded(mine.id())).isPresent();
    assertThat(owner.withdraw(mine)).isTrue();
    assertThat(uploads.recorded(mine.id())).isEmpty();
  }

  @Test
  void anUploadWithoutBytesIsWithdrawnByWhoBeganIt() {
    UploadDeclaration mine = Sessions.append(1_000);
    AuthorizedUploads holder = holderOf(mine.id(), 1_000);
    holder.create(mine);

    assertThat(holder.withdraw(mine)).isTrue();

    assertThat(sessions.count()).isZero();
    assertThat(memory.isEmpty()).isTrue();
  }

  private static UploadDeclaration declaredAt(UploadDeclaration declared, Instant at) {
    return new UploadDeclaration(
        declared.id(),
        declared.owner(),
        declared.policy(),
        declared.length(),
        declared.metadata(),
        declared.destination(),
        at);
  }

  @ParameterizedTest
  @EnumSource(Decision.class)
  void anApplicationsOwnRuleDecides(Decision decision) {
    Uploads ruled =
        Uploads.over(store, sessions).authorizer((requester, action, upload) -> decision).build();
    UploadId id = uploads.create(Sessions.append(1_000)).id();
    ThrowingCallable cancel = () -> ruled.as(Requester.ANONYMOUS).cancel(id);

    switch (decision) {
      case PERMITTED -> assertThatCode(cancel).doesNotThrowAnyException();
      case FORBIDDEN -> assertRejected(cancel, FORBIDDEN);
      case HIDDEN -> assertRejected(cancel, UNKNOWN);
    }
  }

  private UploadSession finished() {
    UploadSession done = uploads.create(Sessions.append(1_000));
    Chunk all = Chunk.filling(ByteRange.at(0, 1_000));
    UploadSession complete = uploads.receive(done.id(), all, Bytes.body(whole, all.range()));
    assertThat(complete.state()).isEqualTo(UploadState.COMPLETE);
    return complete;
  }

  private AuthorizedUploads allBut(UploadAction action) {
    Set<UploadAction> others = EnumSet.complementOf(EnumSet.of(action));
    return uploads.as(new Requester(Owner.ANONYMOUS, others, new UploadScope.Everything()));
  }

  private AuthorizedUploads holderOf(UploadId id, long maxLength) {
    return uploads.as(
        new Requester(
            Owner.ANONYMOUS,
            EnumSet.complementOf(EnumSet.of(UploadAction.READ)),
            new UploadScope.Single(id, maxLength)));
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
}
