package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Sessions;
import dev.upload.fs.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyWritebackTest {

  private static final long MIB = 1024 * 1024;
  private static final Path LOG = Path.of("log");

  @TempDir Path root;

  private final UploadSession session = Sessions.open(Sessions.grid(100 * MIB, 100 * MIB));
  private final Chunk whole = Chunk.filling(ByteRange.at(0, 100 * MIB));
  private final List<Path> written = new ArrayList<>();
  private final List<Long> wakes = new ArrayList<>();
  private ForgetfulDisk disk;
  private UploadDirectory directory;
  private UploadFiles files;

  @BeforeEach
  void makeDirectory() throws IOException {
    disk = new ForgetfulDisk(root.toRealPath());
    directory = UploadDirectory.at(disk.root());
    files = new UploadFiles(directory);
  }

  @Test
  void beginsEvery8MebibytesAndEveryOneOfTheLast16ButNotTheLast() {
    EarlyWriteback early = new EarlyWriteback(files, written::add, LOG);

    arrive(early, whole);

    List<Long> expected =
        new ArrayList<>(LongStream.rangeClosed(1, 10).map(i -> 8 * i).boxed().toList());
    expected.addAll(LongStream.rangeClosed(84, 99).boxed().toList());
    assertThat(wakes).isEqualTo(expected);
  }

  @Test
  void countsPlacesAndNotTheBytesOfAChunk() {
    EarlyWriteback early = new EarlyWriteback(files, written::add, LOG);

    for (long start = 0; start < 20 * MIB; start += MIB) {
      arrive(early, Chunk.filling(ByteRange.at(start, MIB)));
    }

    assertThat(wakes).containsExactly(8L, 16L);
  }

  @Test
  void whatWasAskedForIsWrittenOnceAndThenTheDatabasesLog() {
    EarlyWriteback early = new EarlyWriteback(files, written::add, LOG);
    LongConsumer progress = early.follow(session, whole, files.unfinished(session));

    progress.accept(8 * MIB);
    progress.accept(16 * MIB); // asked for already
    early.run();
    early.run();

    assertThat(written).containsExactly(files.unfinished(session), LOG);
  }

  @Test
  void whereNothingCanBeBegunFilesAreForcedEvery64Mebibytes() throws IOException {
    EarlyWriteback early = new EarlyWriteback(files, Writeback.NONE, LOG);
    files.openForWriting(session).close();

    disk.failNextForce();
    arrive(early, whole);

    assertThat(wakes).containsExactly(64L);
    assertThat(directory.partial(session.id())).doesNotExist();
    assertThatThrownBy(() -> files.openForWriting(session)).isInstanceOf(SpoiltFileException.class);
  }

  @Test
  void aFileThatIsFinishedMeanwhileIsLeftAlone() {
    EarlyWriteback early = new EarlyWriteback(files, Writeback.NONE, LOG);

    arrive(early, whole);

    assertThat(directory.partial(session.id()).getParent()).isEmptyDirectory();
  }

  /** Has a chunk arrive mebibyte by mebibyte, each wish fulfilled before the next one comes. */
  private void arrive(EarlyWriteback early, Chunk chunk) {
    LongConsumer progress = early.follow(session, chunk, files.unfinished(session));
    long end = chunk.offset() + chunk.length().orElseThrow();
    for (long position = chunk.offset() + MIB; position <= end; position += MIB) {
      long here = position / MIB;
      early.onAsked(
          () -> {
            wakes.add(here);
            early.run();
          });
      progress.accept(position);
    }
  }
}
