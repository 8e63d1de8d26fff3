package dev.upload.http;

import dev.upload.core.Uploads;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A file as Resumable.js and its relatives see it: cut into chunks, and described with each. */
public final class ClientFile {

  private final String name;
  private final byte[] content;
  private final ChunkGrid grid;

  public ClientFile(String name, byte[] content, long chunkSize) {
    this(
        name,
        content,
        new ChunkGrid(content.length, chunkSize, (int) Math.max(1, content.length / chunkSize)));
  }

  public ClientFile(String name, byte[] content, ChunkGrid grid) {
    this.name = name;
    this.content = content.clone();
    this.grid = grid;
  }

  public String name() {
    return name;
  }

  public int chunks() {
    return grid.count();
  }

  /** Returns the bytes of chunk {@code number}, from 1. */
  public byte[] chunk(int number) {
    ByteRange cell = grid.cell(number - 1);
    return Arrays.copyOfRange(content, (int) cell.start(), (int) cell.end());
  }

  /** Returns the parameters of Resumable.js for chunk {@code number}, in its order. */
  public Map<String, String> parameters(int number) {
    return parameters(number, "resumable");
  }

  /** Returns the parameters with another prefix; without one the names begin in lower case. */
  public Map<String, String> parameters(int number, String prefix) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(named(prefix, "ChunkNumber"), Integer.toString(number));
    parameters.put(named(prefix, "ChunkSize"), Long.toString(grid.chunkSize()));
    parameters.put(
        named(prefix, "CurrentChunkSize"), Long.toString(grid.cell(number - 1).length()));
    parameters.put(named(prefix, "TotalSize"), Long.toString(content.length));
    parameters.put(named(prefix, "Type"), "");
    parameters.put(
        named(prefix, "Identifier"), content.length + "-" + name.replaceAll("[^0-9a-zA-Z_-]", ""));
    parameters.put(named(prefix, "Filename"), name);
    parameters.put(named(prefix, "RelativePath"), name);
    parameters.put(named(prefix, "TotalChunks"), Integer.toString(grid.count()));
    return parameters;
  }

  private static String named(String prefix, String stem) {
    return prefix.isEmpty()
        ? Character.toLowerCase(stem.charAt(0)) + stem.substring(1)
        : prefix + stem;
  }

  /** Returns {@code parameters} as a browser puts them behind the question mark. */
  public static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Returns the finished file whose {@code location} the server gave. */
  public static byte[] stored(Uploads uploads, String answer) {
    String id = answer.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
    UploadSession session = uploads.describe(new UploadId(id)).orElseThrow();
    try (InputStream stored =
        Channels.newInputStream(
            uploads.read(session, ByteRange.at(0, session.length().orElseThrow())))) {
      return stored.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + id, e);
    }
  }
}
