package dev.upload.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.DigestCalculation;
import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.Digest;
import dev.upload.core.model.DigestAlgorithm;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import dev.upload.core.model.WholeDigests;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import dev.upload.fs.Durability;
import dev.upload.fs.FilesystemConfig;
import dev.upload.fs.FilesystemUploads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Digests of an upload whose bytes came to several processes. */
class DigestsOverRestartTest {

  private static final int HALF = 700_001;

  @TempDir Path root;

  private final byte[] whole = Bytes.random(2 * HALF, 3);

  @ParameterizedTest
  @EnumSource(Durability.class)
  void areThoseOfAllItsBytes(Durability durability) {
    UploadDeclaration declaration = declaration();

    UploadSession first = append(durability, declaration, 0, HALF);
    UploadSession second = append(durability, declaration, HALF, 2 * HALF);

    assertThat(first.digests()).isEmpty();
    assertThat(second.state()).isEqualTo(UploadState.COMPLETE);
    assertThat(second.digests())
        .containsExactlyInAnyOrder(digest(DigestAlgorithm.SHA256), digest(DigestAlgorithm.SHA512));
  }

  @Test
  void takeNoByteTwice() throws IOException {
    UploadDeclaration declaration = declaration();
    append(Durability.COMPLETED, declaration, 0, HALF);

    Files.write(unfinished(), new byte[HALF]); // whoever reads this gets another digest
    UploadSession session = append(Durability.COMPLETED, declaration, HALF, 2 * HALF);

    assertThat(session.digests()).contains(digest(DigestAlgorithm.SHA256));
  }

  private UploadSession append(
      Durability durability, UploadDeclaration declaration, int from, int to) {
    try (FilesystemUploads directory =
        FilesystemUploads.open(new FilesystemConfig(root, durability, 0))) {
      Uploads uploads =
          Uploads.over(directory.store(), directory.sessions())
              .digests(new BouncyCastleDigests())
              .build();
      UploadSession session = uploads.create(declaration);
      ByteRange range = new ByteRange(from, to);
      return uploads.receive(session.id(), Chunk.filling(range), Bytes.body(whole, range));
    }
  }

  private UploadDeclaration declaration() {
    return Sessions.append(whole.length)
        .withDigests(
            new WholeDigests(
                Set.of(DigestAlgorithm.SHA512), List.of(digest(DigestAlgorithm.SHA256))));
  }

  private Digest digest(DigestAlgorithm algorithm) {
    DigestCalculation calculation = DigestCalculation.of(algorithm);
    calculation.update(ByteBuffer.wrap(whole));
    return calculation.digest();
  }

  private Path unfinished() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("partial"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }
}
