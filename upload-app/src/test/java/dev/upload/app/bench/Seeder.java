package dev.upload.app.bench;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.Destination;
import dev.upload.core.model.Owner;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadMetadata;
import dev.upload.core.model.UploadSession;
import dev.upload.fs.FilesystemConfig;
import dev.upload.fs.FilesystemUploads;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Leaves open sessions in an upload directory, each with its first chunk recorded. */
final class Seeder {

  private static final int AT_ONCE = 256;

  private Seeder() {}

  /** Takes the directory and how many. */
  public static void main(String[] args) {
    int sessions = Integer.parseInt(args[1]);
    try (FilesystemUploads uploads =
        FilesystemUploads.open(FilesystemConfig.of(Path.of(args[0])))) {
      try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
        for (int i = 0; i < sessions; i++) {
          int number = i;
          threads.execute(() -> record(uploads, number));
        }
      }
    }
  }

  private static void record(FilesystemUploads uploads, int number) {
    UploadDeclaration declaration = declaration(number);
    Uploads.over(uploads.store(), uploads.sessions()).build().create(declaration);
    UploadSession begun = UploadSession.opened(declaration, StoreNotes.NONE);
    ByteRange first = ((ChunkGrid) declaration.policy()).cell(0);
    if (!uploads.sessions().replace(begun.received(first, StoreNotes.NONE, Instant.now()))) {
      throw new IllegalStateException("session " + number + " was not recorded");
    }
  }

  private static UploadDeclaration declaration(int number) {
    ChunkGrid grid = ChunkGrid.of(64 * Shape.MIB, Shape.MIB);
    String id = "seed-%08d".formatted(number);
    return new UploadDeclaration(
        new UploadId(id),
        Owner.ANONYMOUS,
        grid,
        OptionalLong.of(grid.length()),
        new UploadMetadata(Map.of(UploadMetadata.FILENAME, id + ".bin")),
        new Destination(id + "/" + id + ".bin"),
        Instant.now());
  }
}
