package dev.upload.app.hostile;

import dev.upload.app.e2e.Eventually;
import dev.upload.app.e2e.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that ask for a large file and then take a few bytes of it a second. */
record SlowReaders(URI address, ServerProcess process, int count) {

  private static final int FILE_BYTES = 16 * 1024 * 1024;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern LOCATION = Pattern.compile("\"location\":\"([^\"]+)\"");

  /** Returns what the server held meanwhile, once it has cut all of them off. */
  Footprint meet() throws Exception {
    String request = "GET " + upload() + " HTTP/1.1\r\nHost: x\r\n\r\n";
    long alone = process.openFiles();
    List<Stranger> readers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        readers.add(new Stranger(address).say(request));
      }
      for (Stranger reader : readers) {
        if (reader.status() != 200) {
          throw new AssertionError("a slow reader is not even let in");
        }
      }
      Footprint crowded = Footprint.of(process);
      Eventually.holds("slow readers are cut off", LIMIT, () -> goneBut(alone, readers));
      return crowded;
    } finally {
      for (Stranger reader : readers) {
        reader.close();
      }
    }
  }

  private boolean goneBut(long alone, List<Stranger> readers) throws IOException {
    for (Stranger reader : readers) {
      reader.sip();
    }
    return process.openFiles() <= alone + count / 20;
  }

  private String upload() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  address.resolve(
                      "uploads?resumableChunkNumber=1&resumableTotalChunks=1"
                          + "&resumableFilename=large.bin&resumableIdentifier=large"
                          + "&resumableChunkSize=%1$d&resumableTotalSize=%1$d"
                              .formatted(FILE_BYTES)))
              .header("Content-Type", "application/octet-stream")
              .POST(BodyPublishers.ofByteArray(new byte[FILE_BYTES]))
              .build();
      String answer = http.send(request, BodyHandlers.ofString()).body();
      Matcher location = LOCATION.matcher(answer);
      if (!location.find()) {
        throw new AssertionError("no location in " + answer);
      }
      return location.group(1);
    }
  }
}
