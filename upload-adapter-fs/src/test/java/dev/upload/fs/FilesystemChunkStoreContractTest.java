package dev.upload.fs;

import dev.upload.core.port.ChunkStore;
import dev.upload.core.testing.ChunkStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class FilesystemChunkStoreContractTest {

  @Nested
  class Eventual extends AtLevel {
    Eventual() {
      super(Durability.EVENTUAL);
    }
  }

  @Nested
  class Completed extends AtLevel {
    Completed() {
      super(Durability.COMPLETED);
    }
  }

  @Nested
  class Acknowledged extends AtLevel {
    Acknowledged() {
      super(Durability.ACKNOWLEDGED);
    }
  }

  abstract static class AtLevel extends ChunkStoreContract {

    private final Durability durability;
    private Path root;
    private FilesystemUploads uploads;

    @SuppressWarnings("NullAway.Init") // opened before each test
    AtLevel(Durability durability) {
      this.durability = durability;
    }

    @BeforeEach
    void open(@TempDir Path directory) {
      root = directory;
      uploads = FilesystemUploads.open(new FilesystemConfig(root, durability, 0));
    }

    @AfterEach
    void close() {
      uploads.close();
    }

    @Override
    protected ChunkStore store() {
      return uploads.store();
    }

    @Override
    protected boolean isEmpty() {
      return hasNoEntry(root.resolve("partial")) && hasNoEntry(root.resolve("files"));
    }

    private static boolean hasNoEntry(Path directory) {
      try (Stream<Path> entries = Files.list(directory)) {
        return entries.findAny().isEmpty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
