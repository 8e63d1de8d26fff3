package dev.upload.app.bench;

import java.util.ArrayList;
import java.util.List;

/** Where both the app and the SDK alone put their bytes. */
record S3Place(int port) {

  static final String BUCKET = "uploads";
  static final String ACCESS_KEY = "bench-access";
  static final String SECRET_KEY = "bench-secret";

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** What the app is told of it. */
  List<String> settings() {
    return List.of(
        "--upload.store.type=s3",
        "--upload.store.s3.bucket=" + BUCKET,
        "--upload.store.s3.endpoint=" + endpoint(),
        "--upload.store.s3.access-key=" + ACCESS_KEY,
        "--upload.store.s3.secret-key=" + SECRET_KEY,
        "--upload.store.s3.path-style=true");
  }

  /** The same where signatures leave the bytes out. */
  List<String> unsigned() {
    List<String> all = new ArrayList<>(settings());
    all.add("--upload.store.s3.sign-bodies=false");
    return all;
  }
}
