package dev.upload.app.bench;

import java.io.IOException;
import java.util.List;

/** What making a file of the chunks costs: the last chunk's time beside the others'. */
record Assembly(String key, String title, long uploadBytes) implements Workload {

  private static final List<Long> CHUNK_KIBS = List.of(256L, 1024L, 8192L);

  @Override
  public Section measure(Fleet fleet, Rounds rounds) throws IOException, InterruptedException {
    try (Server app = fleet.app(Entrant.APP, List.of())) {
      List<Turn> turns =
          CHUNK_KIBS.stream()
              .map(kib -> Shape.of(1, uploadBytes, kib << 10))
              .map(shape -> new Turn(name(shape), app, Dialect.OCTET, new LastChunk(shape)))
              .toList();
      return new Section(key, title, rounds.of(turns));
    }
  }

  private static String name(Shape shape) {
    return "%d chunks of %d KiB".formatted(shape.chunks(), shape.chunkBytes() >> 10);
  }
}
