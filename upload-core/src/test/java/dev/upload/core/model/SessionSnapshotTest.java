package dev.upload.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.testing.Sessions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSnapshotTest {

  @Test
  void bringsASessionOfCellsBack() {
    UploadSession session =
        Sessions.open(Sessions.grid(1000, 100))
            .received(
                new ByteRange(300, 400),
                new StoreNotes(new TreeMap<>(Map.of("a", "b"))),
                Sessions.START);

    assertThat(SessionSnapshot.of(session).session()).isEqualTo(session);
  }

  @Test
  void bringsASessionOfUnknownLengthBack() {
    UploadSession session =
        Sessions.open(Sessions.appendOfUnknownLength()).declaredComplete(Sessions.START);

    assertThat(SessionSnapshot.of(session).session()).isEqualTo(session);
  }

  @Test
  void bringsAConcatenationBack() {
    UploadSession session =
        Sessions.open(Sessions.concatenation(List.of(Sessions.newId(), Sessions.newId())));
    Concatenation said =
        new Concatenation(((Concatenation) session.policy()).parts(), "final;/a /b");
    UploadDeclaration plain = session.declaration();
    UploadDeclaration asSent =
        new UploadDeclaration(
            plain.id(),
            plain.owner(),
            said,
            plain.length(),
            plain.metadata(),
            plain.destination(),
            plain.createdAt());

    assertThat(SessionSnapshot.of(session).session()).isEqualTo(session);
    assertThat(SessionSnapshot.of(Sessions.open(asSent)).session().policy()).isEqualTo(said);
    assertThat(asSent.agreesWith(plain)).isTrue();
  }

  @Test
  void bringsDigestsBackThatAreBeingCalculatedAndThatAreMade() {
    Digest digest = new Digest(DigestAlgorithm.SHA256, new byte[32]);
    WholeDigests asked = new WholeDigests(Set.of(DigestAlgorithm.SHA512), List.of(digest));
    UploadSession running =
        Sessions.open(Sessions.append(10).withDigests(asked))
            .received(
                new ByteRange(0, 5),
                StoreNotes.NONE,
                DigestProgress.at(5, Map.of(DigestAlgorithm.SHA256, "c3RhdGU=")),
                Sessions.START);
    UploadSession made = Sessions.whole(running).digested(List.of(digest));

    assertThat(SessionSnapshot.of(running).session()).isEqualTo(running);
    assertThat(SessionSnapshot.of(made).session()).isEqualTo(made);
  }

  @Test
  void keepsTheTextThatMetadataWasReadFrom() {
    UploadDeclaration plain = Sessions.partial(10);
    UploadSession session =
        Sessions.open(
            new UploadDeclaration(
                plain.id(),
                plain.owner(),
                plain.policy(),
                plain.length(),
                new UploadMetadata(Map.of("a", "b"), "a Yg=="),
                plain.destination(),
                plain.createdAt()));

    assertThat(SessionSnapshot.of(session).session()).isEqualTo(session);
  }

  @Test
  void keepsTheOrderOfMetadata() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("z", "1");
    entries.put("note.a", "2");
    entries.put("", "3");

    assertThat(new UploadMetadata(entries).entries().keySet()).containsExactly("z", "note.a", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format",
        "id",
        "owner",
        "policy",
        "destination",
        "created",
        "state",
        "received",
        "touched",
        "version"
      })
  void doesNotGuessWhatIsMissing(String key) {
    Map<String, String> entries =
        new LinkedHashMap<>(SessionSnapshot.of(Sessions.open(Sessions.append(5))).entries());
    entries.remove(key);

    assertThatThrownBy(() -> new SessionSnapshot(entries).session())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "grid", "grid 1 2", "append", "append SOMETIME", "grid 9 5 3", "other"})
  void doesNotGuessAPolicy(String policy) {
    Map<String, String> entries =
        new LinkedHashMap<>(SessionSnapshot.of(Sessions.open(Sessions.append(5))).entries());
    entries.put("policy", policy);

    assertThatThrownBy(() -> new SessionSnapshot(entries).session())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsNoFormatOfTheFuture() {
    assertThatThrownBy(() -> new SessionSnapshot(Map.of("format", "2")).session())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("format 2");
  }
}
