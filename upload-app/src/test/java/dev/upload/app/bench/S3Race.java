package dev.upload.app.bench;

import java.io.IOException;
import java.util.List;

/**
 * The app with its bytes in S3, with signatures that cover them and with such that do not, beside
 * the SDK alone that sends the same parts to the same place.
 */
record S3Race(String key, String title, S3Store store, Shape shape, int atOnce)
    implements Workload {

  static final String SDK = "AWS SDK alone";

  @Override
  public Section measure(Fleet fleet, Rounds rounds) throws IOException, InterruptedException {
    try (Server s3 = store.start(fleet)) {
      S3Place place = new S3Place(s3.port());
      try (Server sdk = fleet.process(SDK, sender(place));
          Server app = fleet.app(Entrant.APP, place.settings());
          Server unsigned = fleet.app(Entrant.APP_UNSIGNED, place.unsigned())) {
        Errand errand = new Errand(shape.bytes());
        Parallel upload = new Parallel(shape, atOnce);
        return new Section(
            key,
            title,
            rounds.of(
                List.of(
                    new Turn(SDK, sdk.leavingBytesAt(s3), Dialect.OCTET, errand),
                    new Turn(Entrant.APP, app.leavingBytesAt(s3), Dialect.OCTET, upload),
                    new Turn(
                        Entrant.APP_UNSIGNED,
                        unsigned.leavingBytesAt(s3),
                        Dialect.OCTET,
                        upload))));
      }
    }
  }

  private List<String> sender(S3Place place) throws IOException {
    return S3Store.java(
        "-Xmx256m",
        "-XX:+UseSerialGC",
        SdkSender.class.getName(),
        place.endpoint(),
        Integer.toString(shape.chunks()),
        Integer.toString(atOnce),
        Long.toString(shape.chunkBytes()));
  }
}
