package dev.upload.fs;

import dev.upload.core.Progress;
import dev.upload.core.Uploads;
import dev.upload.core.model.Chunk;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.core.testing.Bytes;
import dev.upload.core.testing.Sessions;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What the tests kill in the middle of bodies whose senders are told how far they have come. */
final class KilledReceiver {

  static final int LENGTH = 16_000_000;
  private static final int UPLOADS = 4;
  private static final int TOLD_EVERY_BYTES = 16_000;

  private KilledReceiver() {}

  /** Receives into the directory named first, and writes down what is told. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (FilesystemUploads files =
            FilesystemUploads.open(
                new FilesystemConfig(Path.of(arguments[0]), Durability.valueOf(arguments[2]), 0));
        FileOutputStream told = new FileOutputStream(arguments[1]);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Uploads uploads = TestUploads.uploads(files);
      Callable<UploadSession> upload = () -> received(uploads, told);
      threads.invokeAll(Collections.nCopies(UPLOADS, upload));
    }
  }

  private static UploadSession received(Uploads uploads, FileOutputStream told) {
    UploadId id = uploads.create(Sessions.appendOfUnknownLength()).id();
    Progress progress =
        new Progress(TOLD_EVERY_BYTES, Duration.ofDays(1), session -> write(told, session));
    Chunk last = new Chunk(0, OptionalLong.empty(), true);
    return uploads.receive(id, last, Bytes.body(content(id)), progress);
  }

  private static void write(FileOutputStream told, UploadSession session) {
    String line = session.id() + " " + session.offset() + "\n";
    try {
      told.write(line.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the upload of that id consists of. */
  static byte[] content(UploadId id) {
    return Bytes.random(LENGTH, id.value().hashCode());
  }
}
