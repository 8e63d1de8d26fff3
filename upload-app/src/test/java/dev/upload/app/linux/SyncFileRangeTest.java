package dev.upload.app.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.upload.core.testing.Bytes;
import dev.upload.fs.Writeback;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SyncFileRangeTest {

  /** The same number on every processor. */
  private static final long CACHESTAT = 451;

  private static final int DIRTY_PAGES_AT = 8;

  @TempDir Path directory;

  private final Writeback writeback = SyncFileRange.ofThisSystem();

  @Test
  void whatIsOnlyInMemoryIsOnItsWayToTheDiskAfterwards() throws IOException {
    assumeThat(Files.getFileStore(directory).type()).isEqualTo("ext4");
    Path file = Files.write(directory.resolve("file"), Bytes.random(1 << 20, 1));
    long before = dirtyPages(file);
    assumeThat(before).as("dirty pages, if this kernel tells").isPositive();

    boolean begun = writeback.begin(file);

    assertThat(begun).isTrue();
    assertThat(dirtyPages(file)).isZero();
    assertThat(file).hasBinaryContent(Bytes.random(1 << 20, 1));
  }

  @Test
  void aFileThatIsGoneIsNotMade() {
    boolean begun = writeback.begin(directory.resolve("nobody"));

    assertThat(begun).isFalse();
    assertThat(directory.resolve("nobody")).doesNotExist();
  }

  /** Returns how many pages the disk has not been asked to take, negative if nobody can tell. */
  @SuppressWarnings("restricted") // the tests' JVM allows it
  private static long dirtyPages(Path file) {
    FunctionDescriptor call =
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      LibC libC = new LibC(arena);
      int descriptor = libC.open(file.toString(), 0);
      MemorySegment all = arena.allocate(2 * Long.BYTES);
      MemorySegment counts = arena.allocate(5 * Long.BYTES);
      long result =
          (long)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("syscall"),
                      call,
                      Linker.Option.firstVariadicArg(1))
                  .invokeExact(CACHESTAT, descriptor, all, counts, 0);
      libC.close(descriptor);
      return result == 0 ? counts.get(JAVA_LONG, DIRTY_PAGES_AT) : -1;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
