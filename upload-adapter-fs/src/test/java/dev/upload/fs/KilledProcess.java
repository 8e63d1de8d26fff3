package dev.upload.fs;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What the tests start as a process of its own, in order to kill it. */
final class KilledProcess {

  static final int LENGTH = 4_000_000;
  static final int CELL = 10_000;
  static final int UPLOADS = 8;

  private KilledProcess() {}

  /** Uploads into the directory named first, and says after each chunk what was acknowledged. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (FilesystemUploads files =
            FilesystemUploads.open(
                new FilesystemConfig(Path.of(arguments[0]), Durability.valueOf(arguments[2]), 0));
        FileOutputStream acknowledgements = new FileOutputStream(arguments[1]);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Uploads uploads = TestUploads.uploads(files);
      Callable<Boolean> upload = () -> upload(uploads, acknowledgements);
      threads.invokeAll(Collections.nCopies(UPLOADS, upload));
    }
  }

  private static boolean upload(Uploads uploads, FileOutputStream acknowledgements)
      throws IOException {
    UploadDeclaration declaration = Sessions.grid(LENGTH, CELL);
    uploads.create(declaration);
    ChunkGrid grid = (ChunkGrid) declaration.policy();
    byte[] whole = content(declaration.id().value());
    for (int i = 0; i < grid.count(); i++) {
      int number = i * 7 % grid.count(); // out of order: 7 and 400 have no common divisor
      ByteRange cell = grid.cell(number);
      uploads.receive(declaration.id(), Chunk.filling(cell), Bytes.body(whole, cell));
      String line = declaration.id() + " " + number + "\n";
      acknowledgements.write(line.getBytes(StandardCharsets.US_ASCII));
    }
    return true;
  }

  /** Returns what the upload of that id consists of. */
  static byte[] content(String id) {
    return Bytes.random(LENGTH, id.hashCode());
  }
}
