import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.DestinationTemplate;
import dev.upload.core.model.Owner;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadMetadata;
import dev.upload.core.model.UploadSession;
import dev.upload.core.port.ChunkBody;
import dev.upload.fs.FilesystemConfig;
import dev.upload.fs.FilesystemUploads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Uploads a file in chunks, without a server: kill it in the middle, run it again, and it goes on
 * with the chunks that are missing.
 *
 * <p>Arguments: the file, and the directory that keeps uploads. Needs {@code upload-core}, {@code
 * upload-adapter-fs} and {@code sqlite-jdbc} on the class path.
 */
class ResumeInPlainJava {

  private static final long CHUNK_BYTES = 1024 * 1024;

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Path root = Path.of(arguments[1]);
    try (FilesystemUploads storage = FilesystemUploads.open(FilesystemConfig.of(root))) {
      Uploads uploads = Uploads.over(storage.store(), storage.sessions()).build();
      UploadSession session = uploads.create(declare(file));
      System.out.printf(
          "%d of %d bytes were already there%n",
          session.received().total(), session.length().orElseThrow());
      session = sendMissing(uploads, session, file);
      System.out.printf("%s: %s%n", session.state(), session.destination());
    }
  }

  /** Sends every cell of the grid that is not there yet, and returns how the upload stands then. */
  private static UploadSession sendMissing(Uploads uploads, UploadSession session, Path file)
      throws IOException {
    ChunkGrid grid = (ChunkGrid) session.policy();
    for (int cell = 0; cell < grid.count(); cell++) {
      Chunk chunk = Chunk.filling(grid.cell(cell));
      if (!session.alreadyHas(chunk)) {
        session = send(uploads, session.id(), chunk, file);
      }
    }
    return session;
  }

  private static UploadSession send(Uploads uploads, UploadId id, Chunk chunk, Path file)
      throws IOException {
    ByteRange range = chunk.range();
    try (FileChannel channel = FileChannel.open(file)) {
      InputStream bytes = Channels.newInputStream(channel.position(range.start()));
      byte[] content = bytes.readNBytes(Math.toIntExact(range.length()));
      return uploads.receive(id, chunk, ChunkBody.of(new ByteArrayInputStream(content)));
    }
  }

  /** The same file gets the same id, so that a second run finds the first one's upload. */
  private static UploadDeclaration declare(Path file) throws IOException {
    long length = Files.size(file);
    UploadId id = new UploadId("example-%d-%08x".formatted(length, file.getFileName().hashCode()));
    UploadMetadata metadata =
        new UploadMetadata(Map.of(UploadMetadata.FILENAME, file.getFileName().toString()));
    Instant now = Instant.now();
    return new UploadDeclaration(
        id,
        Owner.ANONYMOUS,
        ChunkGrid.of(length, CHUNK_BYTES),
        OptionalLong.of(length),
        metadata,
        DestinationTemplate.DEFAULT.destination(id, Owner.ANONYMOUS, metadata, now),
        now);
  }
}
