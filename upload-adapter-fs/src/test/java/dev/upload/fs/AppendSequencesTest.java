package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.testing.AppendSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AppendSequencesTest {

  @Property(tries = 60)
  void anySequenceYieldsTheBytesSent(
      @ForAll("sequences") List<AppendSequence.Step> steps,
      @ForAll AppendSequence.End how,
      @ForAll Durability durability)
      throws IOException {
    Path root = Files.createTempDirectory("append-sequences");
    try (Running end =
        (Running) AppendSequence.yieldsTheBytesSent(Running.open(root, durability), steps, how)) {
      try (Stream<Path> partial = Files.list(root.resolve("partial"))) {
        assertThat(partial).isEmpty();
      }
    } finally {
      delete(root);
    }
  }

  @Provide
  Arbitrary<List<AppendSequence.Step>> sequences() {
    return AppendSequence.sequences(300_000);
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A process that uses the directory. */
  private record Running(Path root, Durability durability, FilesystemUploads files)
      implements AppendSequence.Server, AutoCloseable {

    static Running open(Path root, Durability durability) {
      return new Running(root, durability, TestUploads.open(root, "boot", durability));
    }

    @Override
    public Uploads uploads() {
      return TestUploads.uploads(files);
    }

    @Override
    public Running restarted() {
      files.close();
      return open(root, durability);
    }

    @Override
    public void close() {
      files.close();
    }
  }
}
