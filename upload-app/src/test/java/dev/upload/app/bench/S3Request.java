package dev.upload.app.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The head of a request to S3. */
record S3Request(
    String method, String path, Map<String, String> queries, Map<String, String> headers) {

  /** Returns null at the end of the connection. */
  static @Nullable S3Request read(InputStream in, OutputStream out) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return null;
    }
    String[] words = first.split(" ", -1);
    String[] target = words[1].split("\\?", 2);
    Map<String, String> queries = new HashMap<>();
    if (target.length > 1) {
      for (String pair : target[1].split("&", -1)) {
        String[] sides = pair.split("=", 2);
        queries.put(sides[0], sides.length > 1 ? decoded(sides[1]) : "");
      }
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    if (headers.containsKey("expect")) {
      S3Sink.goOn(out);
    }
    return new S3Request(words[0], decoded(target[0]), queries, headers);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(queries.get(name));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Bytes of the body, signatures of its chunks and a trailer among them. */
  long length() {
    return Long.parseLong(headers.getOrDefault("content-length", "0"));
  }

  /** Reads the body, and takes it out of signed chunks where it comes in such. */
  byte[] body(InputStream in) throws IOException {
    byte[] sent = in.readNBytes(Math.toIntExact(length()));
    if (!headers.containsKey("x-amz-decoded-content-length")) {
      return sent;
    }
    ByteArrayInputStream chunks = new ByteArrayInputStream(sent);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(chunks); size > 0; size = chunkSize(chunks)) {
      body.write(chunks.readNBytes(size));
      line(chunks);
    }
    return body.toByteArray();
  }

  private static int chunkSize(InputStream chunks) throws IOException {
    return Integer.parseInt(line(chunks).split(";", 2)[0], 16);
  }
}
