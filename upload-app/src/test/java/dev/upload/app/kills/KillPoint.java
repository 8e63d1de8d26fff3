package dev.upload.app.kills;

import dev.upload.app.e2e.Storage;
import java.util.Arrays;
import java.util.List;

/** Places in the app's code between two steps that a crash must not be able to tell apart. */
enum KillPoint {
  BYTES_STORED("dev.upload.core.RecordChunk", "record"),
  RECORD_BEGUN("dev.upload.core.SessionUpdates", "record"),
  ASSEMBLY_BEGUN("dev.upload.core.CompleteUpload", "finishOnce"),
  ASSEMBLED("dev.upload.core.CompleteUpload", "completed"),
  SMALL_UPLOAD_ASSEMBLED("dev.upload.core.ReceiveWhole", "recorded"),
  PART_COPIED("dev.upload.core.ConcatenateUploads", "copied"),
  CANCELLED("dev.upload.core.CancelUpload", "free"),
  IN_TRANSACTION("dev.upload.fs.SessionStatements", "apply"),
  COMMITTED("dev.upload.fs.SessionCache", "committed"),
  RENAME("dev.upload.fs.UploadFiles", "renamed"),
  RENAMED("dev.upload.fs.UploadDirectory", "forceParents"),
  BACKGROUND_FORCE("dev.upload.fs.BackgroundForce", "forced"),
  CHECKPOINT("dev.upload.fs.BackgroundForce", "checkpoint"),
  RECOVERY("dev.upload.fs.Recovery", "run"),
  PIECES_SENT("dev.upload.s3.PieceWriter", "change"),
  RECORD_PUT("dev.upload.s3.S3Sessions", "append"),
  OBJECT_ASSEMBLED("dev.upload.s3.PartManifest", "finished"),
  TIDYING("dev.upload.s3.Tidying", "run");

  private final String className;
  private final String method;

  KillPoint(String className, String method) {
    this.className = className;
    this.method = method;
  }

  String className() {
    return className;
  }

  String method() {
    return method;
  }

  /** Returns the places that an app with such a store comes to. */
  static List<KillPoint> of(Storage.Kind store) {
    String other =
        switch (store) {
          case FILESYSTEM -> "dev.upload.s3.";
          case S3 -> "dev.upload.fs.";
        };
    return Arrays.stream(values()).filter(point -> !point.className.startsWith(other)).toList();
  }
}
