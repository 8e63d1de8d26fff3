package dev.upload.app.bench.micro;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.Destination;
import dev.upload.core.model.Owner;
import dev.upload.core.model.StoreNotes;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadMetadata;
import dev.upload.core.model.UploadSession;
import dev.upload.fs.Durability;
import dev.upload.fs.FilesystemConfig;
import dev.upload.fs.FilesystemUploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A chunk's progress on its way into the database, alone in its transaction. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordCommit {

  @Param({"COMPLETED", "ACKNOWLEDGED"})
  public Durability durability;

  private FilesystemUploads uploads;
  private UploadSession session;

  /** Begins one upload. */
  @Setup
  public void open() throws IOException {
    Path root = Files.createTempDirectory(Path.of("").toAbsolutePath(), "commits");
    uploads = FilesystemUploads.open(new FilesystemConfig(root, durability, 0));
    ChunkGrid grid = ChunkGrid.of(1L << 40, 1 << 20);
    UploadDeclaration declaration =
        new UploadDeclaration(
            new UploadId("record-commit"),
            Owner.ANONYMOUS,
            grid,
            OptionalLong.of(grid.length()),
            new UploadMetadata(Map.of(UploadMetadata.FILENAME, "record.bin")),
            new Destination("record-commit/record.bin"),
            Instant.now());
    session = UploadSession.opened(declaration, StoreNotes.NONE);
    uploads.sessions().insert(session);
  }

  @Benchmark
  public boolean replace() {
    ByteRange next = ByteRange.at(session.offset() % (1L << 39), 1 << 20);
    session = session.received(next, StoreNotes.NONE, Instant.now());
    return uploads.sessions().replace(session);
  }

  @TearDown
  public void close() {
    uploads.close();
  }
}
